/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/place_option.h"

#include <string.h>

#include "app/message.h"
#include "app/options.h"
#include "base/text.h"
#include "base/utf8.h"
#include "files/place_prober.h"
#include "kernel/procfs_options.h"
#include "ui/text/place_words.h"

int place_option_find(const struct options *options, const struct address_space *space,
		      const char *option, uint64_t *ret_address)
{
	const struct procfs_options procfs = options_procfs(options);
	struct text escaped = {0}, sentence = {0};
	struct place_answer answer;
	int status = EXIT_DONE;

	place_prober_find(&procfs, space, options->place, &answer);
	if (!answer.error) {
		*ret_address = answer.address;
	} else {
		status = EXIT_USAGE;
		utf8_append_escaped(&escaped, options->place, strlen(options->place));
		place_words_append(&sentence, answer.space, options->place, &answer.mistake);
		message_say("--%s='%s': %s", option, text_string(&escaped), text_string(&sentence));
	}
	text_finish(&escaped);
	text_finish(&sentence);
	place_answer_finish(&answer);
	return status;
}

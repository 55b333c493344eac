/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/compare_screen.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/attach.h"
#include "app/compare_side.h"
#include "app/core_file.h"
#include "app/core_options.h"
#include "app/interact.h"
#include "app/message.h"
#include "app/options.h"
#include "app/still_source.h"
#include "app/target_words.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "model/address_space.h"
#include "model/comparison.h"

#define SECOND_NS UINT64_C(1000000000)

bool compare_screen_is_meant(const struct options *options)
{
	return options->action == ACTION_DIFF && !options->text &&
	       options->format == FORMAT_PICTURE && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
}

/* What the side has, with a heading for a column: "10:36:02, before.rec". */
static struct comparison_side *take_side(struct compare_side *opened, const char *operand)
{
	struct comparison_side *side = memory_alloc(sizeof(*side));
	char clock[CLOCK_LENGTH];
	struct text heading = {0};

	text_append_format(&heading, "%s, ", target_clock(opened->space->time_ns, clock));
	utf8_append_escaped(&heading, operand, strlen(operand));
	*side = (struct comparison_side){.space = opened->space,
					 .usage = opened->usage,
					 .heading = memory_copy_string(text_string(&heading))};
	opened->space = NULL;
	opened->usage = (struct kept_usage){0};
	text_finish(&heading);
	return side;
}

/* B as one moment: a snapshot. */
static int show_still(const struct options *options, const char *operand, struct attachment *given)
{
	struct compare_side side = {0};
	struct options own = *options;
	int status = compare_side_open(&side, options, operand);

	if (status) {
		compare_side_close(&side);
		attach_close(given);
		return status;
	}
	given->source = still_source_create_linked(side.space, &side.usage, &given->replay);
	side.space = NULL;
	compare_side_close(&side);
	own.procfs = operand;
	return interact_play(&own, given);
}

/* B as a core file has it: nothing comes after. */
static int show_core(const struct options *options, const char *operand, struct attachment *given)
{
	struct core_file file = {.descriptor = -1, .unpacked = -1};
	struct options own = *options;
	struct text why = {0};
	int status = core_file_open(operand, &file, &why);

	status = status ? status : core_file_read(&file, &why);
	if (why.length)
		message_say("%s", text_string(&why));
	text_finish(&why);
	if (status) {
		attach_close(given);
	} else {
		own.core = operand;
		own.interval_ns = CORE_FILE_INTERVAL_NS;
		core_options_choose(&own, &file);
		status = interact_run(&own, given, NULL);
	}
	core_file_close(&file);
	return status;
}

static int show_b(const struct options *options, struct attachment *given)
{
	const char *operand = options->operands[DIFF_B];
	struct options own = *options;
	int status;

	switch (compare_side_type(operand)) {
	case COMPARE_SIDE_CORE: return show_core(&own, operand, given);
	case COMPARE_SIDE_SNAPSHOT: return show_still(&own, operand, given);
	case COMPARE_SIDE_RECORDING: own.replay = operand; return interact_replay(&own, given);
	default:
		status = compare_side_find_process(operand, &own.pid);
		if (status) {
			attach_close(given);
			return status;
		}
		own.interval_ns = own.interval_ns ? own.interval_ns : SECOND_NS;
		return interact_run(&own, given, NULL);
	}
}

int compare_screen_run(const struct options *options)
{
	const char *operand = options->operands[DIFF_A];
	struct compare_side side = {0};
	struct attachment given = {0};
	int status = compare_side_open(&side, options, operand);

	if (!status)
		given.against = take_side(&side, operand);
	compare_side_close(&side);
	return status ? status : show_b(options, &given);
}

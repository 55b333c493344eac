/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/text/explain_sites.h"

#include "base/format.h"
#include "base/text.h"
#include "inside/call_sites.h"
#include "model/vma.h"
#include "ui/scene.h"
#include "ui/text/explanation.h"
#include "ui/text/site_words.h"

#define SITES_MOST 3

void explain_sites(struct explanation *to, const struct scene *scene, const struct vma *vma)
{
	size_t count = 0;
	const struct site_place *places =
		scene->sites ? call_sites_places(scene->sites, vma->start, &count) : NULL;
	char size[FORMAT_SIZE_LENGTH];
	struct text text = {0};
	uint64_t sum = 0;

	if (!count)
		return;
	for (size_t i = 0; i < count; i++)
		sum += places[i].bytes;
	explanation_say(to, "new", format_size(size, sum), ROLE_VALUE);
	for (size_t i = 0; i < count && i < SITES_MOST; i++) {
		text_clear(&text);
		text_append_format(&text, "%.0f%% ", 100 * (double)places[i].bytes / (double)sum);
		site_words_append_function(&text, scene->sites->sites[places[i].site].frame);
		explanation_say(to, i ? "" : "by", text_string(&text), ROLE_DEFAULT);
	}
	text_finish(&text);
	explanation_say(to, NULL, NULL, ROLE_DEFAULT);
}

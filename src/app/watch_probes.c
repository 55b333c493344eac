/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/watch_probes.h"

#include <assert.h>

void watch_probes_init(struct watch_probes *probes, const struct options *options)
{
	*probes = (struct watch_probes){
		.go_to = {.options = options},
		.bytes = {.options = options},
		.search = {.options = options},
		.inside = {.options = options},
		.heap = {.options = options},
		.growth = {.options = options},
		.findings = {.options = options},
	};
}

void watch_probes_finish(struct watch_probes *probes)
{
	watch_go_to_finish(&probes->go_to);
	watch_bytes_finish(&probes->bytes);
	watch_search_finish(&probes->search);
	watch_inside_finish(&probes->inside);
	watch_heap_finish(&probes->heap);
	watch_growth_finish(&probes->growth);
	watch_findings_finish(&probes->findings);
	watch_comparison_finish(&probes->comparison);
	watch_history_finish(&probes->history);
}

void watch_probes_look(struct watch_probes *probes, struct ui *ui)
{
	watch_go_to_look(&probes->go_to, ui);
	watch_bytes_look(&probes->bytes, ui);
	watch_search_look(&probes->search, ui);
	watch_inside_look(&probes->inside, ui);
	watch_heap_look(&probes->heap, ui);
	watch_growth_look(&probes->growth, ui);
	watch_findings_look(&probes->findings, ui);
	watch_comparison_look(&probes->comparison, ui);
	watch_history_look(&probes->history, ui);
}

void watch_probes_descriptors(const struct watch_probes *probes,
			      int ret_descriptors[static WATCH_PROBES])
{
	int *next = ret_descriptors;

	*next++ = watch_go_to_file_descriptor(&probes->go_to);
	*next++ = watch_go_to_page_descriptor(&probes->go_to);
	*next++ = watch_bytes_descriptor(&probes->bytes);
	*next++ = watch_search_descriptor(&probes->search);
	*next++ = watch_inside_object_descriptor(&probes->inside);
	*next++ = watch_inside_pages_descriptor(&probes->inside);
	*next++ = watch_heap_descriptor(&probes->heap);
	*next++ = watch_growth_descriptor(&probes->growth);
	*next++ = watch_findings_descriptor(&probes->findings);
	*next++ = watch_comparison_descriptor(&probes->comparison);
	*next++ = watch_go_to_place_descriptor(&probes->go_to);
	*next++ = watch_history_descriptor(&probes->history);
	assert(next == ret_descriptors + WATCH_PROBES);
}

void watch_probes_take(struct watch_probes *probes, struct ui *ui)
{
	watch_go_to_take(&probes->go_to, ui);
	watch_bytes_take(&probes->bytes, ui);
	watch_search_take(&probes->search, ui);
	watch_inside_take(&probes->inside, ui);
	watch_heap_take(&probes->heap, ui);
	watch_growth_take(&probes->growth, ui);
	watch_findings_take(&probes->findings, ui);
	watch_comparison_take(&probes->comparison, ui);
	watch_history_take(&probes->history, ui);
}

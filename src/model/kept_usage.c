/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/kept_usage.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "model/residency.h"

void kept_usage_take(struct kept_usage *kept, const struct usage_table *usage,
		     const struct residency *residency)
{
	kept_usage_finish(kept);
	if (!usage)
		return;
	usage_table_copy(&kept->table, usage);
	if (usage->nodes) {
		kept->nodes = memory_alloc((usage->node_count + 1) * sizeof(*kept->nodes));
		memcpy(kept->nodes, usage->nodes, usage->node_count * sizeof(*kept->nodes));
		kept->table.nodes = kept->nodes;
	}
	kept->residency = residency_copy(residency);
	kept->known = true;
}

void kept_usage_finish(struct kept_usage *kept)
{
	usage_table_finish(&kept->table);
	residency_destroy(kept->residency);
	free(kept->nodes);
	*kept = (struct kept_usage){0};
}

const struct usage_table *kept_usage_table(const struct kept_usage *kept)
{
	return kept->known ? &kept->table : NULL;
}

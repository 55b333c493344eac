/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/scan_update.h"

#include "model/residency.h"

void scan_update_make(struct scan_update *update, const struct address_space *space)
{
	struct scan *found = &update->found;

	if (found->residency && found->residency->partial)
		found->residency =
			residency_renew(residency_copy(update->residency), found->residency);
	usage_table_init(&update->table, space,
			 found->residency ? found->residency : update->residency,
			 found->smaps ? found->smaps : update->smaps,
			 found->smaps ? found->smaps_ns : update->smaps_ns);
}

void scan_update_forget(struct scan_update *update)
{
	update->residency = NULL;
	update->smaps = NULL;
	update->smaps_ns = 0;
}

void scan_update_finish(struct scan_update *update)
{
	scan_finish(&update->found);
	usage_table_finish(&update->table);
	scan_update_forget(update);
}

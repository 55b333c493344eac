/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_FINDINGS_PANE_H
#define UI_PANE_FINDINGS_PANE_H

/*
 * What makes the process easier to attack, or about to fail (model/finding_table.h), the most
 * severe first, then what could not be decided. Below, what the finding under the cursor means and
 * what to do; Enter shows its mapping in the main view. It is judged again with every snapshot, but
 * the files are only looked at now and then, by the loop.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/checked_file.h"
#include "model/finding.h"
#include "ui/pane.h"

struct ui;

struct findings_pane {
	struct pane pane;
	bool known; /* what follows was found out, about this process: */
	int32_t pid;
	uint64_t start_ticks;
	int64_t known_ns;           /* and of the snapshot of that time */
	struct checked_files files; /* owned */
	struct protection protection;
	struct findings findings;
	size_t *lines; /* owned: the findings in the order in which they are listed */
	size_t count, top, cursor;
	size_t made_room_for; /* lines, when room was made */
};

extern const struct pane_ops findings_pane;

/* Why nothing is found; NULL: it is. */
const char *findings_pane_why_not(const struct ui *ui);

/* Whether it is seen, so that the files of the process matter. */
bool findings_pane_wants(const struct ui *ui);

/*
 * Gives it what was found out about the process of the snapshot that is shown; it takes over the
 * files. The pane must have been made.
 */
void findings_pane_take(struct ui *ui, struct checked_files *files,
			const struct protection *protection);

#endif

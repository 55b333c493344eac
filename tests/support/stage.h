/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SUPPORT_STAGE_H
#define SUPPORT_STAGE_H

/* A whole interactive screen on a sample, for tests of what is drawn. */

#include <stdbool.h>

#include "model/session.h"
#include "model/usage.h"
#include "ui/command/keymap.h"
#include "ui/scene.h"
#include "ui/ui.h"

struct canvas;
struct mouse;

struct stage {
	struct session session;
	struct keymap keymap; /* of the command table */
	struct ui ui;
	struct ui_request request; /* what the last event asked for */
	struct ui_request undrawn; /* what all of them did since the screen was drawn last */
	struct scene_status status;
	struct canvas *canvas;
	struct usage_table usage; /* of what stage_scan() made up */
	struct residency *residency;
};

/* Opens a screen of that size on a session that begins with the space, which the stage owns. */
void stage_open(struct stage *stage, struct address_space *space, int columns, int lines,
		bool unicode);
/* The same without a process. */
void stage_open_empty(struct stage *stage, int columns, int lines, bool unicode);
void stage_close(struct stage *stage);

/* The next snapshot, as it comes from a sampler, at a time of any clock; the stage owns it. */
void stage_take(struct stage *stage, struct address_space *space, int64_t now_ns);

/* The same of one that was not, so many seconds after the first. */
void stage_add(struct stage *stage, struct address_space *space, int seconds);

/*
 * Makes up what of the newest snapshot is in memory: of each accessible mapping the lower half,
 * above it an eighth swapped out, huge pages in anonymous memory; all of text. With smaps, also
 * what that tells.
 */
void stage_scan(struct stage *stage, bool smaps);

/* Pulses tell of the heap and of what is resident, so many milliseconds after the first snapshot.
 */
void stage_pulse(struct stage *stage, uint64_t heap, uint64_t resident, int milliseconds);

/* Draws all of the screen. */
void stage_draw(struct stage *stage);

/*
 * Draws what is new on the screen, as the loop does, where stage_draw(), stage_find(),
 * stage_check() or this drew it last; returns whether all cells are as if all was drawn.
 */
bool stage_renew(struct stage *stage);

/* Another size. */
void stage_resize(struct stage *stage, int columns, int lines);

/* Presses keys, one after the other, and does as the loop does; returns the bits of all that was
 * asked for. */
unsigned stage_press(struct stage *stage, const uint32_t *keys);

/* Presses the mouse and does as the loop does; returns the bits of what was asked for. */
unsigned stage_click(struct stage *stage, const struct mouse *mouse);

/*
 * The place of the first cell of a text (ASCII) on the screen, drawn anew; false when it is not
 * there.
 */
bool stage_find(struct stage *stage, const char *string, int *ret_column, int *ret_line);

/* How many cells of the screen, as it was drawn last, have the role. */
size_t stage_count_role(const struct stage *stage, enum role role);

/*
 * Draws the screen anew and compares it with tests/golden/<name>.txt: all of it, or only the panes,
 * without what stands in header and footer.
 */
void stage_check(struct stage *stage, const char *name);
void stage_check_panes(struct stage *stage, const char *name);

/* The pane, and whether it has a place on the screen. */
struct pane *stage_pane(const struct stage *stage, const struct pane_ops *ops);
bool stage_shows(const struct stage *stage, const struct pane_ops *ops);

/* What panes are drawn from; valid until the next change. */
struct scene stage_scene(const struct stage *stage);

#endif

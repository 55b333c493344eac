/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_LOWER_H
#define UI_LOWER_H

/*
 * The pane below the picture: the growth strip, the ledger of what grew most, the events, or the
 * usage by kind, or the answer to what is at an address. All but the strip and the answer have the
 * focus while they are open: the keys that move, move there.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "model/ledger.h"
#include "ui/frame.h"
#include "ui/located.h"
#include "ui/summary.h"

struct address_space;
struct canvas;
struct scene;

enum lower_pane {
	LOWER_NONE,
	LOWER_STRIP,
	LOWER_LEDGER,
	LOWER_EVENTS,
	LOWER_SUMMARY,
	LOWER_ANSWER,
};

/* What the strip follows. */
enum lower_value {
	VALUE_HEAP,    /* the brk heap */
	VALUE_MAPPING, /* the mapping under the cursor */
	VALUE_KIND,    /* all mappings of its kind */
	VALUE_RSS,
	VALUE_SIZE,
	VALUE_COUNT,
};

struct lower {
	enum lower_pane pane;
	enum lower_value value;
	size_t top, cursor; /* of the ledger's or the summary's lines */
	size_t back;        /* events below the pane */
	/* Made anew with every snapshot while they are shown. */
	struct ledger ledger;
	struct summary summary;
	struct located located; /* of the answer */
};

/* The lines that the pane wants on a screen of that many lines, with its border. */
int lower_lines(const struct lower *lower, int screen_lines);

/* Whether it takes the keys that move. */
bool lower_has_focus(const struct lower *lower);

/* Moves by so many lines, negative up, as far as there are some. */
void lower_move(struct lower *lower, const struct frame *frame, const struct scene *scene,
		int lines);

/* Moves the cursor to what stands on that line of the screen; false when nothing to choose does. */
bool lower_select(struct lower *lower, const struct frame *frame, int line);

/*
 * Makes the ledger anew. The cursor stays with its mapping or kind and, as far as there is room, on
 * its line of the screen.
 */
void lower_make_ledger(struct lower *lower, const struct frame *frame,
		       const struct address_space *mark, const struct address_space *now);

/* Takes over a new summary or a new size: the cursor stays on a line that there is, and in sight.
 */
void lower_clamp(struct lower *lower, const struct frame *frame);

/* The kind under the cursor of the summary; false when it is none, or another pane. */
bool lower_kind(const struct lower *lower, enum kind *ret_kind);

/* The address of the ledger's entry under the cursor; false when it has none. */
bool lower_target(const struct lower *lower, uint64_t *ret_address);

void lower_draw(struct canvas *canvas, const struct frame *frame, const struct scene *scene);

#endif

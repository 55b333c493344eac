/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_GO_TO_PANE_H
#define UI_PANE_GO_TO_PANE_H

/*
 * Going to an address: the line in which it is typed, and the pane that says what is there
 * (ui/text/answer.h). The address stays the same whatever the process does; what is said of it is
 * about the snapshot that is shown. A worker looks names of symbols up; they are shown
 * inside their mapping (ui/inside/inside_pane.h).
 */

#include <stdbool.h>
#include <stdint.h>

#include "model/file_facts.h"
#include "model/page_facts.h"
#include "ui/pane.h"
#include "ui/prompt.h"

struct address_space;
struct place_mistake;
struct ui;
struct vma;

/* The address, and what was found out of it. */
struct located {
	char expression[PROMPT_LENGTH]; /* as it was typed */
	uint64_t address;
	struct page_facts page; /* of the page there, as it was looked at, */
	int64_t page_ns;        /* for the snapshot of this time */
	/* The file that was looked at for it, and what it is. */
	bool has_file;
	uint64_t inode;
	uint32_t dev_major, dev_minor;
	struct file_facts file;
};

/* What is known of the file that the mapping maps; NULL: nothing. */
const struct file_facts *located_file(const struct located *located, const struct vma *vma);

struct go_to_pane {
	struct pane pane;
	struct located located;
	char sought[PROMPT_LENGTH]; /* the expression whose symbols are looked up; empty: none */
	unsigned searches;          /* how many there were */
};

extern const struct pane_ops go_to_pane;

/* The command: asks for an address expression; the cursor goes there, and the pane opens. */
void go_to_pane_ask(struct ui *ui);

/*
 * The expression whose meaning has to be looked up, with symbols; NULL: there is none. Another
 * number is another question.
 */
const char *go_to_pane_seeks(const struct ui *ui, unsigned *ret_number);

/* What an expression was found to mean. */
struct place_found {
	const char *expression;
	int error;                           /* 0; else the mistake says why it means nothing */
	uint64_t address;                    /* of 0 */
	const struct address_space *space;   /* where it was looked up, and */
	const struct place_mistake *mistake; /* which that refers to */
};

/* Takes it over, if it still is what is sought: the cursor goes there, or the line is asked again.
 */
void go_to_pane_take_place(struct ui *ui, const struct place_found *found);

/*
 * The mapping whose file the pane is about and that has to be looked at: of the newest snapshot;
 * NULL when there is none.
 */
const struct vma *go_to_pane_wanted(const struct ui *ui);

/* Takes over what was found of the file with that number. */
void go_to_pane_take_file(struct ui *ui, uint64_t inode, uint32_t dev_major, uint32_t dev_minor,
			  const struct file_facts *facts);

/* Whether the pane asks what is at an address of the process as it is now. */
bool go_to_pane_asks(const struct ui *ui, uint64_t *ret_address);

/*
 * Takes over what was found of the page at the address, if that still is the one that was gone to;
 * it was asked for the snapshot of time_ns.
 */
void go_to_pane_take_page(struct ui *ui, uint64_t address, int64_t time_ns,
			  const struct page_facts *facts);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PROCESSES_PROCESSES_PANE_H
#define UI_PROCESSES_PROCESSES_PANE_H

/*
 * The process list (ui/processes/process_list.h, ui/processes/processes_draw.h), over the whole
 * screen: letters narrow it, Enter watches the process under the cursor. A click selects a row or
 * sorts by a heading, a double click does what Enter does. Where no process is watched yet, leaving
 * it ends the program. Below, its commands for ui/command/commands.c, and what the loop brings.
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/pane.h"
#include "ui/processes/process_list.h"

struct process_list;
struct ui;

struct processes_pane {
	struct pane pane;
	struct picker picker;
};

extern const struct pane_ops processes_pane;

void processes_pane_sort_left(struct ui *ui);
void processes_pane_sort_right(struct ui *ui);
void processes_pane_reverse(struct ui *ui);
void processes_pane_tree(struct ui *ui);

/* Whether it is open: then it is to be given lists. */
bool processes_pane_wants_list(const struct ui *ui);

/* A new list, which the pane owns from then on. */
void processes_pane_take_list(struct ui *ui, struct process_list *list);

/* Stores the pids of the processes on the screen, at most capacity; returns how many it stored. */
size_t processes_pane_shown(const struct ui *ui, int32_t *out, size_t capacity);

/* Narrows the list by the text. */
void processes_pane_narrow(struct ui *ui, const char *text);

#endif

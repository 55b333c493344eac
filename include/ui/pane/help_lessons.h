/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PANE_HELP_LESSONS_H
#define UI_PANE_HELP_LESSONS_H

/*
 * What the help screen teaches: what each kind of mapping is and what makes it grow, what each
 * permission allows, what colours and signs of the picture mean.
 */

struct help_sheet;

void help_lessons_write(struct help_sheet *sheet);

#endif

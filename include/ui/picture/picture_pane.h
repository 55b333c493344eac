/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef UI_PICTURE_PICTURE_PANE_H
#define UI_PICTURE_PICTURE_PANE_H

/*
 * The main view: the address space as a picture (ui/picture/picture.h). A click moves the cursor, a
 * double click goes in, the right button goes out, the wheel scrolls, and zooms with Ctrl; a click
 * in the minimap goes there.
 */

struct pane_ops;

extern const struct pane_ops picture_pane;

#endif

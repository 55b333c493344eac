/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef SUPPORT_CAPTURE_H
#define SUPPORT_CAPTURE_H

/* What a function under test writes to a descriptor (1 or 2), caught in a temporary file. */

struct capture {
	int descriptor, saved, file;
};

void capture_begin(struct capture *capture, int descriptor);

/* Ends the capture; the caller frees the text. */
char *capture_end(struct capture *capture);

#endif

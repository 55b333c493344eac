/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef APP_EXHAUSTION_H
#define APP_EXHAUSTION_H

/*
 * The end for want of memory: wherever it comes, the terminal is given back, one sentence says why,
 * and the exit status is EXIT_TROUBLE.
 */

/* To be called first of all. */
void exhaustion_prepare(void);

#endif

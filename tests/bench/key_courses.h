/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef BENCH_KEY_COURSES_H
#define BENCH_KEY_COURSES_H

/*
 * Keys of every sort, to be typed from the first step to the last. Each course ends with a step
 * whose sort is NULL.
 */

struct key_step;

const struct key_step *key_courses_vastop(void);

/* What htop has of the same. */
const struct key_step *key_courses_htop(void);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef MODEL_HISTORY_TARGET_H
#define MODEL_HISTORY_TARGET_H

/* The numbers of a target, by index, those that change most first: so a history stores them. */

#include <stddef.h>
#include <stdint.h>

struct target;

#define HISTORY_NUMBER_COUNT 14

/* The number with the index, which is below HISTORY_NUMBER_COUNT. */
uint64_t history_target_number(const struct target *target, size_t index);
void history_target_set_number(struct target *target, size_t index, uint64_t number);

#endif

/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_SCENARIO_H
#define TESTS_SCENARIO_H

/* A random address space laid out, and what holds for every diagram of it. */

#include "layout/diagram.h"
#include "random_space.h"

struct scenario {
	struct random random;
	struct vma *vmas;
	size_t vma_count;
	struct address_space *space;
	struct region_list list;
	struct diagram_request request;
};

/* Up to so many VMAs and rows, any window and scale; scenario_finish() frees it. */
void scenario_init(struct scenario *scenario, uint64_t seed, size_t most_vmas, uint64_t most_rows);
void scenario_finish(struct scenario *scenario);

/* Makes space and list anew after the VMAs have changed. */
void scenario_list_again(struct scenario *scenario);

/* The whole space, or a window that cuts it somewhere. */
void scenario_choose_window(struct scenario *scenario);

/* Where the highest region ends. */
uint64_t scenario_end(const struct scenario *scenario);

/* Checks the diagram that the scenario's request gave; fails the test when something is wrong. */
void scenario_check(const struct diagram *diagram, struct scenario *scenario);

#endif

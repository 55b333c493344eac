/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "ui/pane.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

bool pane_ops_is_about(const struct pane_ops *ops, const struct pane_ops *where)
{
	return ops == where || (ops->view && where->view);
}

void pane_stack_add(struct pane_stack *stack, const struct pane_ops *ops)
{
	struct pane *pane;

	if (pane_stack_find(stack, ops))
		return;
	assert(stack->count < PANES_MAX);
	pane = memory_alloc(ops->size);
	pane->ops = ops;
	if (ops->init)
		ops->init(pane);
	stack->panes[stack->count++] = pane;
}

void pane_stack_finish(struct pane_stack *stack)
{
	for (size_t i = 0; i < stack->count; i++) {
		struct pane *pane = stack->panes[i];

		if (pane->ops->finish)
			pane->ops->finish(pane);
		free(pane);
	}
	*stack = (struct pane_stack){0};
}

struct pane *pane_stack_find(const struct pane_stack *stack, const struct pane_ops *ops)
{
	for (size_t i = 0; i < stack->count; i++)
		if (stack->panes[i]->ops == ops)
			return stack->panes[i];
	return NULL;
}

bool pane_stack_is_open(const struct pane_stack *stack, const struct pane *pane)
{
	for (size_t i = 0; i < stack->depth; i++)
		if (stack->open[i] == pane)
			return true;
	return false;
}

void pane_stack_push(struct pane_stack *stack, struct pane *pane)
{
	pane_stack_remove(stack, pane);
	stack->open[stack->depth++] = pane;
}

void pane_stack_remove(struct pane_stack *stack, const struct pane *pane)
{
	for (size_t i = 0; i < stack->depth; i++) {
		if (stack->open[i] != pane)
			continue;
		memmove(&stack->open[i], &stack->open[i + 1],
			(--stack->depth - i) * sizeof(stack->open[0]));
		return;
	}
}

struct pane *pane_stack_top(const struct pane_stack *stack, enum pane_place place)
{
	for (size_t i = stack->depth; i-- > 0;)
		if (stack->open[i]->ops->place == place)
			return stack->open[i];
	return NULL;
}

/* What lies over others goes before what was opened later below it. */
static int layer_of(const struct pane *pane)
{
	return pane->ops->place >= PANE_BODY ? (int)pane->ops->place : 0;
}

struct pane *pane_stack_focused(const struct pane_stack *stack)
{
	struct pane *focused = NULL;

	for (size_t i = stack->depth; i-- > 0;) {
		struct pane *pane = stack->open[i];

		if (pane->ops->focus && (!focused || layer_of(pane) > layer_of(focused)))
			focused = pane;
	}
	return focused;
}

struct pane *pane_stack_next(const struct pane_stack *stack)
{
	const struct pane *focused = pane_stack_focused(stack);

	for (size_t i = 0; i < stack->depth; i++) {
		struct pane *pane = stack->open[i];

		if (pane != focused && pane->ops->focus && layer_of(pane) == layer_of(focused) &&
		    pane->rect.lines > 0)
			return pane;
	}
	return NULL;
}

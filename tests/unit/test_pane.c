/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <locale.h>

#include "ui/pane.h"

#define SIZE sizeof(struct pane)

static const struct pane_ops main_view = {.place = PANE_MAIN, .focus = true, .size = SIZE};
static const struct pane_ops other_view = {.place = PANE_MAIN, .focus = true, .size = SIZE};
static const struct pane_ops bottom = {.place = PANE_BOTTOM, .size = SIZE};
static const struct pane_ops list = {.place = PANE_BOTTOM, .focus = true, .size = SIZE};
static const struct pane_ops over = {.place = PANE_BODY, .focus = true, .size = SIZE};

struct counted_pane {
	struct pane pane;
	int zero, *finished;
};

static int finished;

static void init_counted(struct pane *pane)
{
	struct counted_pane *self = (struct counted_pane *)pane;

	assert_int_equal(self->zero, 0);
	self->finished = &finished;
}

static void finish_counted(struct pane *pane)
{
	++*((struct counted_pane *)pane)->finished;
}

static void a_state_is_made_and_finished_once(void **state)
{
	static const struct pane_ops counted = {.size = sizeof(struct counted_pane),
						.init = init_counted,
						.finish = finish_counted};
	struct pane_stack stack = {0};

	(void)state;
	pane_stack_add(&stack, &counted);
	pane_stack_add(&stack, &counted);
	assert_int_equal(finished, 0);
	pane_stack_finish(&stack);
	assert_int_equal(finished, 1);
}

static void panes_are_made_once(void **state)
{
	struct pane_stack stack = {0};
	struct pane *pane;

	(void)state;
	assert_null(pane_stack_find(&stack, &list));
	pane_stack_add(&stack, &list);
	pane = pane_stack_find(&stack, &list);
	assert_ptr_equal(pane->ops, &list);
	pane_stack_add(&stack, &list);
	assert_int_equal(stack.count, 1);
	assert_ptr_equal(pane_stack_find(&stack, &list), pane);
	pane_stack_finish(&stack);
	assert_int_equal(stack.count, 0);
}

static void the_last_opened_is_on_top_of_its_place(void **state)
{
	struct pane_stack stack = {0};
	struct pane *first, *second;

	(void)state;
	pane_stack_add(&stack, &main_view);
	pane_stack_add(&stack, &other_view);
	first = pane_stack_find(&stack, &main_view);
	second = pane_stack_find(&stack, &other_view);
	assert_null(pane_stack_top(&stack, PANE_MAIN));
	pane_stack_push(&stack, first);
	pane_stack_push(&stack, second);
	assert_ptr_equal(pane_stack_top(&stack, PANE_MAIN), second);
	assert_null(pane_stack_top(&stack, PANE_BOTTOM));
	/* One that is open already comes to the top, and is there once. */
	pane_stack_push(&stack, first);
	assert_int_equal(stack.depth, 2);
	assert_ptr_equal(pane_stack_top(&stack, PANE_MAIN), first);
	pane_stack_remove(&stack, first);
	pane_stack_remove(&stack, first);
	assert_false(pane_stack_is_open(&stack, first));
	assert_true(pane_stack_is_open(&stack, second));
	assert_ptr_equal(pane_stack_top(&stack, PANE_MAIN), second);
	pane_stack_finish(&stack);
}

static void the_focus_goes_to_what_lies_over_others(void **state)
{
	struct pane_stack stack = {0};

	(void)state;
	pane_stack_add(&stack, &main_view);
	pane_stack_add(&stack, &bottom);
	pane_stack_add(&stack, &list);
	pane_stack_add(&stack, &over);
	assert_null(pane_stack_focused(&stack));
	pane_stack_push(&stack, pane_stack_find(&stack, &main_view));
	pane_stack_push(&stack, pane_stack_find(&stack, &bottom));
	/* One that takes no focus leaves it where it was. */
	assert_ptr_equal(pane_stack_focused(&stack)->ops, &main_view);
	pane_stack_push(&stack, pane_stack_find(&stack, &over));
	pane_stack_push(&stack, pane_stack_find(&stack, &list));
	assert_ptr_equal(pane_stack_focused(&stack)->ops, &over);
	pane_stack_remove(&stack, pane_stack_find(&stack, &over));
	assert_ptr_equal(pane_stack_focused(&stack)->ops, &list);
	pane_stack_finish(&stack);
}

/* Of those that are seen and as high as the one with the focus, the one that lost it first. */
static void the_next_focus_is_the_oldest(void **state)
{
	struct pane_stack stack = {0};
	struct pane *first, *low, *second;

	(void)state;
	pane_stack_add(&stack, &main_view);
	pane_stack_add(&stack, &bottom);
	pane_stack_add(&stack, &list);
	pane_stack_add(&stack, &over);
	first = pane_stack_find(&stack, &main_view);
	low = pane_stack_find(&stack, &bottom);
	second = pane_stack_find(&stack, &list);
	assert_null(pane_stack_next(&stack));
	pane_stack_push(&stack, low);
	pane_stack_push(&stack, first);
	low->rect.lines = first->rect.lines = 1;
	assert_null(pane_stack_next(&stack));
	pane_stack_push(&stack, second);
	assert_ptr_equal(pane_stack_next(&stack), first);
	/* One without a place on the screen is passed over. */
	first->rect.lines = 0;
	assert_null(pane_stack_next(&stack));
	first->rect.lines = 1;
	pane_stack_push(&stack, pane_stack_find(&stack, &over));
	assert_null(pane_stack_next(&stack));
	pane_stack_finish(&stack);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_state_is_made_and_finished_once),
		cmocka_unit_test(panes_are_made_once),
		cmocka_unit_test(the_last_opened_is_on_top_of_its_place),
		cmocka_unit_test(the_focus_goes_to_what_lies_over_others),
		cmocka_unit_test(the_next_focus_is_the_oldest),
	};

	setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("pane", tests, NULL, NULL);
}

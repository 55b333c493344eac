/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <unistd.h>

#include "kernel/answerer.h"

#define PATIENCE_MS 20000

struct question {
	int number;
	int *forgotten; /* counts */
	int *dropped;   /* likewise */
	int bonus;      /* of forgotten ones */
};

struct answer {
	int doubled, bonus, before;
	int *dropped; /* counts */
};

struct teacher {
	sem_t begun, may_end, released;
};

static void answer(void *owner, void *asked, void *ret_answer)
{
	struct teacher *teacher = owner;
	const struct question *question = asked;
	struct answer *found = ret_answer;

	sem_post(&teacher->begun);
	sem_wait(&teacher->may_end);
	found->before = found->doubled;
	found->doubled = 2 * question->number;
	found->bonus = question->bonus;
	found->dropped = question->dropped;
}

static void forget(void *asked, void *newer)
{
	const struct question *question = asked;

	++*question->forgotten;
	if (newer)
		((struct question *)newer)->bonus += question->bonus + 1;
}

static void drop(void *answered)
{
	const struct answer *dropped = answered;

	if (dropped->dropped)
		++*dropped->dropped;
}

static void release(void *owner)
{
	sem_post(&((struct teacher *)owner)->released);
}

static const struct answerer_ops ops = {
	.name = "answerer",
	.question_size = sizeof(struct question),
	.answer_size = sizeof(struct answer),
	.answer = answer,
	.forget = forget,
	.drop = drop,
	.release = release,
};

static void ask(struct answerer *answerer, int number, int *forgotten)
{
	struct question question = {.number = number, .forgotten = forgotten};

	answerer_ask(answerer, &question);
}

static struct answer wait_for_answer(struct answerer *answerer)
{
	struct pollfd wait = {.fd = answerer_descriptor(answerer), .events = POLLIN};
	struct answer found;

	assert_int_equal(poll(&wait, 1, PATIENCE_MS), 1);
	assert_true(answerer_take(answerer, &found));
	assert_int_equal(poll(&wait, 1, 0), 0);
	return found;
}

static void begin(struct teacher *teacher, struct answerer **ret_answerer)
{
	*teacher = (struct teacher){0};
	sem_init(&teacher->begun, 0, 0);
	sem_init(&teacher->may_end, 0, 0);
	sem_init(&teacher->released, 0, 0);
	assert_int_equal(answerer_create(&ops, teacher, ret_answerer), 0);
}

/* A thread that has not ended within the moment that it is given releases its owner later. */
static void end(struct teacher *teacher, struct answerer *answerer)
{
	answerer_destroy(answerer);
	sem_wait(&teacher->released);
	assert_int_equal(sem_trywait(&teacher->released), -1);
}

static void finish(struct teacher *teacher)
{
	sem_destroy(&teacher->begun);
	sem_destroy(&teacher->may_end);
	sem_destroy(&teacher->released);
}

static void answers_what_is_asked(void **state)
{
	struct answerer *answerer;
	struct teacher teacher;
	struct answer found;
	int forgotten = 0;

	(void)state;
	begin(&teacher, &answerer);
	assert_false(answerer_take(answerer, &found));
	for (int i = 1; i <= 3; i++) {
		ask(answerer, i, &forgotten);
		sem_post(&teacher.may_end);
		found = wait_for_answer(answerer);
		assert_int_equal(found.doubled, 2 * i);
		/* Each answer begins with zeroes. */
		assert_int_equal(found.before, 0);
		assert_false(answerer_take(answerer, &found));
	}
	assert_int_equal(forgotten, 0);
	end(&teacher, answerer);
	finish(&teacher);
}

static bool no_thread;

int pthread_create(pthread_t *restrict thread, const pthread_attr_t *restrict attributes,
		   void *(*function)(void *), void *restrict argument)
{
	typedef int create(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);

	if (no_thread)
		return EAGAIN;
	return ((create *)dlsym(RTLD_NEXT, "pthread_create"))(thread, attributes, function,
							      argument);
}

/* And no descriptor, which the suite looks for; the owner stays the caller's. */
static void without_a_thread_there_is_none(void **state)
{
	struct answerer *answerer = NULL;
	struct teacher teacher;
	int before = open("/dev/null", O_RDONLY | O_CLOEXEC), after;

	(void)state;
	close(before);
	sem_init(&teacher.released, 0, 0);
	no_thread = true;
	assert_int_equal(answerer_create(&ops, &teacher, &answerer), -EAGAIN);
	no_thread = false;
	assert_null(answerer);
	assert_int_equal(sem_trywait(&teacher.released), -1);
	after = open("/dev/null", O_RDONLY | O_CLOEXEC);
	close(after);
	assert_int_equal(after, before);
	sem_destroy(&teacher.released);
}

static void only_the_newest_question_is_answered(void **state)
{
	struct answerer *answerer;
	struct teacher teacher;
	struct answer found;
	int forgotten = 0;

	(void)state;
	begin(&teacher, &answerer);
	ask(answerer, 1, &forgotten);
	sem_wait(&teacher.begun);
	for (int i = 2; i <= 5; i++)
		ask(answerer, i, &forgotten);
	/* 2, 3 and 4; the thread is at 1. */
	assert_int_equal(forgotten, 3);
	sem_post(&teacher.may_end);
	sem_wait(&teacher.begun);
	/* There is an answer to the first, now that the thread is at the last. */
	found = wait_for_answer(answerer);
	assert_int_equal(found.doubled, 2);
	sem_post(&teacher.may_end);
	found = wait_for_answer(answerer);
	assert_int_equal(found.doubled, 10);
	assert_int_equal(found.bonus, 3);
	end(&teacher, answerer);
	finish(&teacher);
}

static void the_last_question_is_answered_or_forgotten(void **state)
{
	struct answerer *answerer;
	struct teacher teacher;
	int forgotten = 0;

	(void)state;
	begin(&teacher, &answerer);
	ask(answerer, 1, &forgotten);
	sem_wait(&teacher.begun);
	ask(answerer, 2, &forgotten);
	sem_post(&teacher.may_end);
	sem_post(&teacher.may_end);
	end(&teacher, answerer);
	/* The thread may have come to it before it was told to end. */
	forgotten += sem_trywait(&teacher.begun) == 0;
	assert_int_equal(forgotten, 1);
	finish(&teacher);
}

/* One that a newer one replaces, and one that is there at the end. */
static void answers_that_are_not_taken_are_dropped(void **state)
{
	int dropped = 0, forgotten = 0;
	struct question question = {.forgotten = &forgotten, .dropped = &dropped};
	struct answerer *answerer;
	struct teacher teacher;
	struct pollfd wait;

	(void)state;
	begin(&teacher, &answerer);
	wait = (struct pollfd){.fd = answerer_descriptor(answerer), .events = POLLIN};
	for (int i = 0; i < 3; i++) {
		answerer_ask(answerer, &question);
		sem_post(&teacher.may_end);
		sem_wait(&teacher.begun);
	}
	/* The thread is at the third or done with it: the first was replaced by the second. */
	assert_int_equal(poll(&wait, 1, PATIENCE_MS), 1);
	end(&teacher, answerer);
	assert_int_equal(dropped, 3);
	assert_int_equal(forgotten, 0);
	finish(&teacher);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_what_is_asked),
		cmocka_unit_test(without_a_thread_there_is_none),
		cmocka_unit_test(only_the_newest_question_is_answered),
		cmocka_unit_test(the_last_question_is_answered_or_forgotten),
		cmocka_unit_test(answers_that_are_not_taken_are_dropped),
	};

	return cmocka_run_group_tests_name("answerer", tests, NULL, NULL);
}

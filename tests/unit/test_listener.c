/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <poll.h>
#include <stdbool.h>

#include "growing_child.h"
#include "growth/listener.h"
#include "inside/call_sites.h"

static const struct procfs_options proc = {.root = "/proc"};

static struct listener_news next(struct listener *listener)
{
	struct pollfd wait = {.fd = listener_descriptor(listener), .events = POLLIN};
	struct listener_news news;

	do
		assert_int_equal(poll(&wait, 1, 60000), 1);
	while (!listener_take(listener, &news));
	return news;
}

/* Takes news until there is one with sites, whose listening has ended or not. */
static struct call_sites *next_sites(struct listener *listener, bool ended)
{
	for (;;) {
		struct listener_news news = next(listener);

		assert_int_equal(news.error, 0);
		if (news.sites && news.sites->listening.ended == ended)
			return news.sites;
		call_sites_unref(news.sites);
	}
}

static void it_listens_until_it_is_told(void **state)
{
	struct growing_child child;
	struct address_space *space;
	struct listener *listener;
	struct listener_news news;
	uint64_t bytes = 0;

	(void)state;
	growing_child_start(&child);
	space = growing_child_space(&child);
	assert_int_equal(listener_create(&proc, &listener), 0);
	listener_start(listener, space, false);
	news = next(listener);
	if (growing_child_is_refused(news.error)) {
		listener_destroy(listener);
		address_space_destroy(space);
		growing_child_end(&child);
		skip();
	}
	call_sites_unref(news.sites);
	while (!bytes) {
		struct call_sites *sites = next_sites(listener, false);

		bytes = sites->bytes;
		call_sites_unref(sites);
		listener_renew(listener, space);
	}
	listener_stop(listener);
	call_sites_unref(next_sites(listener, true));
	/* And once more. */
	listener_start(listener, space, true);
	call_sites_unref(next_sites(listener, false));
	listener_clear(listener);
	listener_destroy(listener);
	address_space_destroy(space);
	growing_child_end(&child);
}

static void why_it_cannot_is_told(void **state)
{
	struct growing_child child;
	struct address_space *space;
	struct listener *listener;
	struct listener_news news;

	(void)state;
	growing_child_start(&child);
	space = growing_child_space(&child);
	growing_child_end(&child);
	assert_int_equal(listener_create(&proc, &listener), 0);
	listener_start(listener, space, false);
	news = next(listener);
	assert_int_equal(news.error, -ESRCH);
	assert_null(news.sites);
	listener_destroy(listener);
	listener_destroy(NULL);
	address_space_destroy(space);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(it_listens_until_it_is_told),
		cmocka_unit_test(why_it_cannot_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

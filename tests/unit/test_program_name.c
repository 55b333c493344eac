/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "ui/text/program_name.h"

static void folders_are_left_out(void **state)
{
	static const struct {
		const char *argument, *exe, *name;
	} cases[] = {
		{"/usr/bin/python3", NULL, "python3"},
		{"./a.out -x /etc", NULL, "a.out -x /etc"},
		{"python3 /srv/app.py", NULL, "python3 /srv/app.py"},
		{"nginx: master process /usr/sbin/nginx", NULL,
		 "nginx: master process /usr/sbin/nginx"},
		{"/opt/My App/run", NULL, "My App/run"},
		{"/opt/My App/run", "/opt/My App/run-1.2", "run"},
		{"/", NULL, "/"},
		{"/usr/bin/", NULL, "bin/"},
		{"", NULL, ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(program_name(cases[i].argument, cases[i].exe), cases[i].name);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folders_are_left_out),
	};

	return cmocka_run_group_tests_name("program_name", tests, NULL, NULL);
}

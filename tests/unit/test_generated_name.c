/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "inside/generated_name.h"

static void check(const char *whole, const char *function, const char *file, uint32_t line)
{
	struct generated_name name;

	generated_name_read(whole, &name);
	assert_int_equal(name.function_length, strlen(function));
	assert_memory_equal(name.function, function, name.function_length);
	assert_int_equal(name.file != NULL, file != NULL);
	if (file) {
		assert_int_equal(name.file_length, strlen(file));
		assert_memory_equal(name.file, file, name.file_length);
	}
	assert_int_equal(name.line, line);
}

static void names_of_python(void **state)
{
	(void)state;
	check("py::parse:/srv/app.py", "parse", "/srv/app.py", 0);
	check("py::App.<locals>.<lambda>:/srv/a:b.py", "App.<locals>.<lambda>", "/srv/a:b.py", 0);
	check("py::<module>:<string>", "<module>", "<string>", 0);
	check("py::parse:", "parse", NULL, 0);
	check("py::parse", "py::parse", NULL, 0);
	check("py:::/srv/app.py", "py:::/srv/app.py", NULL, 0);
}

static void names_of_v8(void **state)
{
	(void)state;
	check("JS:*parse /srv/app.js:12:3", "parse", "/srv/app.js", 12);
	check("LazyCompile:~parse /srv/app.js:12:3", "parse", "/srv/app.js", 12);
	check("LazyCompile:*parse /srv/app.js:12", "parse", "/srv/app.js", 12);
	check("Function:^fill file:///srv/my app.mjs:1:1", "fill", "file:///srv/my app.mjs", 1);
	check("JS:~ /srv/app.js:7:1", "/srv/app.js", "/srv/app.js", 7);
	check("Script:~ /srv/app.js:1:1", "/srv/app.js", "/srv/app.js", 1);
	check("Eval:~ :1:1", "Eval:~ :1:1", NULL, 0);
	check("JS:*parse", "parse", NULL, 0);
	check("JS:*parse 12:3", "parse", "12", 3);
	check("JS:*parse 12", "parse", "12", 0);
	check("JS:*parse /srv/app.js:", "parse", "/srv/app.js:", 0);
	check("JS:*", "JS:*", NULL, 0);
	check("JS:*f /a:99999999999:1", "f", "/a", 0);
	check("Builtin:ArrayPush", "Builtin:ArrayPush", NULL, 0);
}

static void other_names_are_functions(void **state)
{
	(void)state;
	check("void app.Main.fill(int)", "void app.Main.fill(int)", NULL, 0);
	check("Interpreter", "Interpreter", NULL, 0);
	check("", "", NULL, 0);
	check("\x1b[31m", "\x1b[31m", NULL, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_of_python),
		cmocka_unit_test(names_of_v8),
		cmocka_unit_test(other_names_are_functions),
	};

	return cmocka_run_group_tests_name("generated_name", tests, NULL, NULL);
}

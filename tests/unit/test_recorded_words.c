/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/message.h"
#include "app/options.h"
#include "app/recorded_words.h"
#include "base/text.h"
#include "sampler/source.h"

static char root[] = "/tmp/vastop-test-XXXXXX";

static void path_of(char out[static 64], const char *name)
{
	snprintf(out, 64, "%s/%s", root, name);
}

static void make(const char *name)
{
	char path[64];
	FILE *file;

	path_of(path, name);
	if (name[strlen(name) - 1] == '/') {
		assert_int_equal(mkdir(path, 0700), 0);
		return;
	}
	file = fopen(path, "w");
	assert_non_null(file);
	fclose(file);
}

static void take(const char *name)
{
	char path[64];

	path_of(path, name);
	assert_int_equal(remove(path), 0);
}

/* The sentence, whole; its root is told as "ROOT". */
static void check(int32_t pid, int error, int status, const char *sentence)
{
	const struct options options = {.procfs = root};
	struct text text = {0}, told = {0};

	assert_true(recorded_words_apply(&options));
	assert_int_equal(recorded_words_append_error(&text, &options, pid, error), status);
	for (const char *at = text_string(&text), *next; *at; at = next) {
		const char *found = strstr(at, root);

		next = found ? found + strlen(root) : at + strlen(at);
		text_append_bytes(&told, at, (size_t)((found ? found : next) - at));
		text_append(&told, found ? "ROOT" : "");
	}
	assert_string_equal(text_string(&told), sentence);
	text_finish(&told);
	text_finish(&text);
}

static void errors_name_the_file(void **state)
{
	(void)state;
	assert_non_null(mkdtemp(root));
	check(4711, -ESRCH, EXIT_NO_PROCESS,
	      "there is no directory ROOT/4711; check --procfs and the PID.");
	make("maps");
	check(4711, -ESRCH, EXIT_NO_PROCESS,
	      "there is no directory ROOT/4711; ROOT holds the files of a process itself: move "
	      "them into a directory 4711 in it.");
	take("maps");
	make("4711");
	check(4711, -ENOTDIR, EXIT_TROUBLE,
	      "cannot open ROOT/4711: it is not a directory; check --procfs.");
	take("4711");
	make("4711/");
	check(4711, -ESRCH, EXIT_NO_PROCESS,
	      "process 4711 had ended when ROOT/4711 was recorded: it has no mappings.");
	check(4711, -ENXIO, EXIT_TROUBLE,
	      "process 4711 was a kernel thread when ROOT/4711 was recorded: it has no mappings.");
	check(4711, -ENOENT, EXIT_TROUBLE,
	      "cannot read ROOT/4711/maps: no such file, and no smaps; copy one of them from the "
	      "process.");
	make("4711/smaps");
	check(4711, -ENODATA, EXIT_TROUBLE,
	      "cannot read ROOT/4711/smaps: the file is empty; copy it again, as the user of the "
	      "process or as root.");
	make("4711/maps");
	check(4711, -ENODATA, EXIT_TROUBLE,
	      "cannot read ROOT/4711/maps: the file is empty; copy it again, as the user of the "
	      "process or as root.");
	check(4711, -EBADMSG, EXIT_TROUBLE,
	      "cannot read ROOT/4711/maps: none of its lines is a mapping; it must be a copy of "
	      "/proc/PID/maps.");
	check(4711, -EACCES, EXIT_NO_PERMISSION,
	      "cannot read ROOT/4711/maps: permission denied; check the permissions of the file "
	      "and its directories.");
	check(4711, -EIO, EXIT_TROUBLE, "cannot read ROOT/4711/maps: Input/output error.");
	take("4711/maps");
	take("4711/smaps");
	take("4711");
	take("");
	check(4711, -ENOENT, EXIT_NO_PROCESS,
	      "cannot open ROOT: No such file or directory; --procfs takes a directory with one "
	      "for each process in it.");
}

static void names_are_escaped(void **state)
{
	const struct options options = {.procfs = "/no\nsuch\033[2Jtree"};
	struct text text = {0};

	(void)state;
	recorded_words_append_error(&text, &options, 1, -ENOENT);
	assert_null(strpbrk(text_string(&text), "\n\033"));
	text_finish(&text);
}

static void the_running_kernel_s_is_none(void **state)
{
	const struct options options = {.procfs = "/proc"};

	(void)state;
	assert_false(recorded_words_apply(&options));
}

static void damage_is_one_sentence(void **state)
{
	static const struct {
		struct source_damage damage;
		const char *said;
	} cases[] = {
		{{"maps", 0, 0, true},
		 "t/9/maps seems to be truncated: its last line is incomplete; mappings may be "
		 "missing."},
		{{"maps", 1, 7, false},
		 "t/9/maps is damaged: line 7 is not understood and left out."},
		{{"smaps", 3, 7, true},
		 "t/9/smaps is damaged: line 7 and 2 more are not understood and left out, and its "
		 "last line is incomplete; mappings may be missing."},
	};
	const struct options options = {.procfs = "t"};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct text text = {0};

		recorded_words_append_damage(&text, &options, 9, &cases[i].damage);
		assert_string_equal(text_string(&text), cases[i].said);
		text_finish(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(errors_name_the_file),
		cmocka_unit_test(names_are_escaped),
		cmocka_unit_test(the_running_kernel_s_is_none),
		cmocka_unit_test(damage_is_one_sentence),
	};

	return cmocka_run_group_tests_name("recorded_words", tests, NULL, NULL);
}

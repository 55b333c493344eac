/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <dlfcn.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "files/code_namer.h"
#include "inlined_code.h"
#include "inside/code_class.h"
#include "kernel/procfs_options.h"
#include "own_debug.h"
#include "own_symbols.h"

static const struct procfs_options proc = {.root = "/proc"};

static size_t learn(struct code_namer *namer, uint64_t address, struct code_frame *frames)
{
	struct address_space *space = own_space_read();

	code_namer_learn(namer, space, &address, 1, true);
	address_space_destroy(space);
	return code_namer_frames(namer, address, frames, 8);
}

static void functions_of_the_program_have_names(void **state)
{
	uintptr_t address = (uintptr_t)functions_of_the_program_have_names;
	struct code_namer *namer = code_namer_create(&proc);
	struct code_frame frames[8], again[8];

	(void)state;
	assert_int_equal(learn(namer, address, frames), 1);
	assert_string_equal(frames[0].function, "functions_of_the_program_have_names");
	assert_int_equal(frames[0].offset, 0);
	assert_int_equal(frames[0].address, address);
	assert_int_equal(frames[0].class, CODE_OWN);
	assert_non_null(strstr(frames[0].module, "test_code_namer"));
	/* What is known costs no other look, and has the same strings. */
	assert_int_equal(learn(namer, address, again), 1);
	assert_ptr_equal(again[0].function, frames[0].function);
	code_namer_destroy(namer);
}

static void inlined_functions_are_frames(void **state)
{
	struct code_namer *namer = code_namer_create(&proc);
	struct code_frame frames[8];
	size_t count = learn(namer, (uintptr_t)inlined_code_label, frames);

	(void)state;
	assert_int_equal(inlined_code_outer(1), 2);
	if (!own_debug_has_lines()) {
		assert_null(frames[0].file);
		code_namer_destroy(namer);
		skip();
	}
	assert_int_equal(count, 2);
	assert_string_equal(frames[0].function, "inlined_code_inner");
	assert_true(frames[0].inlined);
	assert_int_equal(frames[0].line, INLINED_CODE_LINE);
	assert_non_null(strstr(frames[0].file, "inlined_code.h"));
	assert_false(frames[1].inlined);
	assert_int_equal(frames[1].line, INLINED_CODE_CALL_LINE);
	/* With too little room what is really there stays. */
	assert_int_equal(code_namer_frames(namer, (uintptr_t)inlined_code_label, frames, 1), 1);
	assert_false(frames[0].inlined);
	assert_null(dlopen("libdw.so.1", RTLD_NOW | RTLD_NOLOAD));
	code_namer_destroy(namer);
}

static void what_has_no_name_has_an_address(void **state)
{
	struct code_namer *namer = code_namer_create(&proc);
	struct code_frame frames[8];
	int data = 0;

	(void)state;
	assert_int_equal(code_namer_frames(namer, 0x1234, frames, 8), 1);
	assert_int_equal(frames[0].address, 0x1234);
	assert_null(frames[0].function);
	assert_string_equal(frames[0].module, "");
	/* Not mapped. */
	assert_int_equal(learn(namer, 8, frames), 1);
	assert_null(frames[0].function);
	/* No code. */
	assert_int_equal(learn(namer, (uintptr_t)&data, frames), 1);
	assert_null(frames[0].function);
	assert_null(frames[0].file);
	code_namer_destroy(namer);
	code_namer_destroy(NULL);
}

static void write_map(const char *path, const void *code, const char *name)
{
	FILE *map = fopen(path, "w");

	assert_non_null(map);
	fprintf(map, "%lx 100 %s\n", (unsigned long)(uintptr_t)code, name);
	fclose(map);
}

/* Memory of generated code is used again. */
static void generated_code_is_named_anew(void **state)
{
	void *code = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct code_namer *namer = code_namer_create(&proc);
	struct code_frame frames[8];
	char path[64];

	(void)state;
	assert_true(code != MAP_FAILED);
	snprintf(path, sizeof(path), "/tmp/perf-%d.map", (int)getpid());
	write_map(path, code, "JS:*parse /srv/app.js:12:3");
	assert_int_equal(learn(namer, (uintptr_t)code + 16, frames), 1);
	assert_string_equal(frames[0].function, "parse");
	assert_string_equal(frames[0].file, "/srv/app.js");
	assert_int_equal(frames[0].line, 12);
	assert_int_equal(frames[0].offset, 16);
	assert_int_equal(frames[0].class, CODE_GENERATED);
	write_map(path, code, "another");
	assert_int_equal(learn(namer, (uintptr_t)code + 16, frames), 1);
	assert_string_equal(frames[0].function, "another");
	assert_null(frames[0].file);
	unlink(path);
	munmap(code, 4096);
	code_namer_destroy(namer);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(functions_of_the_program_have_names),
		cmocka_unit_test(inlined_functions_are_frames),
		cmocka_unit_test(what_has_no_name_has_an_address),
		cmocka_unit_test(generated_code_is_named_anew),
	};

	return cmocka_run_group_tests_name("code_namer", tests, NULL, NULL);
}

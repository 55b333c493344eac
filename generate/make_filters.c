/* SPDX-License-Identifier: GPL-2.0-or-later */

/*
 * Writes app/sandbox_filters.h's table as C, while vastop is built: libseccomp makes a program of
 * the kernel's filter language for each set of needs. So a run neither loads the library nor waits
 * until the programs are made.
 */

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include <seccomp.h>

#include "app/sandbox_calls.h"
#include "app/sandbox_filters.h"

static int add(scmp_filter_ctx filter, const struct sandbox_call *call, int number)
{
	const struct scmp_arg_cmp compare = {.arg = call->argument - 1,
					     .op = SCMP_CMP_MASKED_EQ,
					     .datum_a = call->mask,
					     .datum_b = call->value};

	return seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, number, call->argument ? 1 : 0,
				      &compare);
}

static int add_all(scmp_filter_ctx filter, unsigned needs)
{
	const char *const *unknown = sandbox_calls_unknown();
	size_t count;
	const struct sandbox_call *calls = sandbox_calls(&count);
	int error = 0;

	for (size_t i = 0; !error && i < count; i++) {
		int number = seccomp_syscall_resolve_name(calls[i].name);

		if (calls[i].needs & needs && number != __NR_SCMP_ERROR)
			error = add(filter, &calls[i], number);
	}
	for (; !error && *unknown; unknown++) {
		int number = seccomp_syscall_resolve_name(*unknown);

		if (number != __NR_SCMP_ERROR)
			error = seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(ENOSYS), number, 0,
						       NULL);
	}
	return error;
}

/* Looking files up in a root stays possible where files are read only. */
static int add_lookups(scmp_filter_ctx filter)
{
	int number = seccomp_syscall_resolve_name("openat2"), error = 0;

	for (unsigned way = 0; !error && number != __NR_SCMP_ERROR && way < OPEN_BELOW_WAYS; way++)
		error = seccomp_rule_add(
			filter, SCMP_ACT_ALLOW, number, 1,
			SCMP_A2_64(SCMP_CMP_EQ, (scmp_datum_t)SANDBOX_MARK_HIGH(way) << 32 |
							SANDBOX_MARK_LOW(way)));
	return error;
}

/* The file has the program. A tree, as each call goes through it. */
static bool make(unsigned needs, FILE *file)
{
	scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ERRNO(EPERM));
	bool made;

	if (!filter)
		return false;
	made = !seccomp_attr_set(filter, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_ERRNO(EPERM)) &&
	       !seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2) && !add_all(filter, needs) &&
	       (needs & SANDBOX_FILES || !add_lookups(filter)) &&
	       !seccomp_export_bpf(filter, fileno(file));
	seccomp_release(filter);
	return made;
}

static bool write_program(unsigned needs)
{
	struct sock_filter instruction;
	FILE *file = tmpfile();
	bool made = file && make(needs, file);

	if (made) {
		rewind(file);
		printf("static const struct sock_filter for_%x[] = {\n", needs);
		while (fread(&instruction, sizeof(instruction), 1, file) == 1)
			printf("\t{%#x, %u, %u, %#x},\n", instruction.code, instruction.jt,
			       instruction.jf, instruction.k);
		printf("};\n");
	}
	if (file)
		fclose(file);
	return made;
}

int main(void)
{
	printf("/* Made by make_filters. */\n#include \"app/sandbox_filters.h\"\n\n");
	for (unsigned needs = 0; needs < SANDBOX_NEEDS; needs++)
		if (sandbox_needs_are_whole(needs) && !write_program(needs)) {
			fprintf(stderr, "make_filters: libseccomp cannot make a filter\n");
			return 1;
		}
	printf("\nconst struct sandbox_filter sandbox_filters[] = {\n");
	for (unsigned needs = 0; needs < SANDBOX_NEEDS; needs++)
		if (sandbox_needs_are_whole(needs))
			printf("\t{%#x, sizeof(for_%x) / sizeof(for_%x[0]), for_%x},\n", needs,
			       needs, needs, needs);
	printf("\t{0, 0, NULL},\n};\n");
	return fflush(stdout) || ferror(stdout);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Any arguments, each ended by a zero byte. They are options, or one sentence on stderr says what
 * is wrong with them; what is said is one line without a control character. Strings point into the
 * arguments, numbers lie in their bounds, a process has a number or a name.
 */
#include "fuzz.h"

#include <fcntl.h>
#include <getopt.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "app/command_line.h"
#include "app/options.h"
#include "base/utf8.h"
#include "layout/scale.h"

#define ARGUMENTS_MAX 600 /* more than there may be operands */
#define SAID_MAX      ((size_t)1 << 20)
#define SECOND        UINT64_C(1000000000)

struct arguments {
	char *bytes; /* behind the name of the program */
	size_t length;
	int count;
	char *vector[ARGUMENTS_MAX + 2];
};

static void split(struct arguments *arguments, const uint8_t *bytes, size_t length)
{
	static char program[] = "vastop";
	size_t at = 0;

	arguments->bytes = malloc(length + 1);
	FUZZ_CHECK(arguments->bytes);
	memcpy(arguments->bytes, bytes, length);
	arguments->bytes[length] = '\0';
	arguments->length = length + 1;
	arguments->count = 1;
	arguments->vector[0] = program;
	while (at < length && arguments->count <= ARGUMENTS_MAX) {
		arguments->vector[arguments->count++] = arguments->bytes + at;
		at += strlen(arguments->bytes + at) + 1;
	}
	arguments->vector[arguments->count] = NULL;
}

/* Whether it is an argument, or the end of one: "--name=VALUE". */
static bool is_of(const struct arguments *arguments, const char *string)
{
	return !string ||
	       (string >= arguments->bytes && string < arguments->bytes + arguments->length);
}

/* One line, printable, that begins with the program's name. */
static void check_said(const char *said, size_t length)
{
	FUZZ_CHECK(length > strlen("vastop: \n") && length < SAID_MAX);
	FUZZ_CHECK(!memcmp(said, "vastop: ", strlen("vastop: ")) && said[length - 1] == '\n');
	for (size_t i = 0; i + 1 < length;) {
		uint32_t character;
		size_t bytes = utf8_decode(said + i, length - 1 - i, &character);

		FUZZ_CHECK(bytes > 0 && character >= 0x20 && character != 0x7f);
		FUZZ_CHECK(character < 0x80 || character >= 0xa0);
		i += bytes;
	}
}

static void check_numbers(const struct options *options)
{
	FUZZ_CHECK(options->scale < SCALE_COUNT && options->format < FORMAT_COUNT);
	FUZZ_CHECK(options->budget >= 0.001 && options->budget <= 1);
	FUZZ_CHECK(options->history >= 1 << 20 && options->length >= 1);
	FUZZ_CHECK(options->interval_ns ? options->interval_ns >= SECOND / 100 &&
						  options->interval_ns <= 3600 * SECOND
					: options->replay || options->action == ACTION_DIFF);
	FUZZ_CHECK(options->width >= 0 && options->width <= 5000);
	FUZZ_CHECK(options->height >= 0 && options->height <= 5000);
	FUZZ_CHECK(options->fields.count <= FIELD_COUNT);
}

static void check_options(const struct arguments *arguments, const struct options *options)
{
	const char *const strings[] = {options->name,   options->output, options->place,
				       options->search, options->record, options->replay,
				       options->export, options->from,   options->to,
				       options->theme,  options->filter};

	for (size_t i = 0; i < sizeof(strings) / sizeof(strings[0]); i++)
		FUZZ_CHECK(is_of(arguments, strings[i]));
	if (options_are_about(options))
		return;
	FUZZ_CHECK(options->process_count <= options->operand_count);
	for (size_t i = 0; i < options->process_count; i++)
		FUZZ_CHECK((options->processes[i].pid > 0) != (options->processes[i].name != NULL));
	if (options->command)
		FUZZ_CHECK(options->command > arguments->vector && options->command[0]);
	if (options->action == ACTION_DIFF)
		FUZZ_CHECK(options->operand_count == 2);
	check_numbers(options);
}

/* Where a sanitizer says what it found: not where it is read as a message. */
void __sanitizer_set_report_fd(void *) __attribute__((weak));

/* Reads the arguments, and fills said with what is written to stderr; returns its length. */
static size_t run(struct arguments *arguments, struct options *options, char said[static SAID_MAX])
{
	static int own = -1, file = -1;
	ssize_t length;

	if (own < 0) {
		own = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
		file = memfd_create("said", MFD_CLOEXEC);
		if (__sanitizer_set_report_fd)
			__sanitizer_set_report_fd((void *)(intptr_t)own);
	}
	FUZZ_CHECK(own >= 0 && file >= 0);
	FUZZ_CHECK(!ftruncate(file, 0) && lseek(file, 0, SEEK_SET) == 0);
	FUZZ_CHECK(dup2(file, STDERR_FILENO) >= 0);
	/* All is read anew: a 0 says so. */
	optind = 0;
	command_line_read(options, arguments->count, arguments->vector);
	fflush(stderr);
	dup2(own, STDERR_FILENO);
	length = pread(file, said, SAID_MAX, 0);
	FUZZ_CHECK(length >= 0);
	return (size_t)length;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static char said[SAID_MAX];
	struct arguments arguments;
	struct options options;
	size_t said_length;

	split(&arguments, bytes, length);
	said_length = run(&arguments, &options, said);
	if (options.action == ACTION_MISTAKE)
		check_said(said, said_length);
	else
		FUZZ_CHECK(said_length == 0);
	if (options.action != ACTION_MISTAKE)
		check_options(&arguments, &options);
	free(arguments.bytes);
	return 0;
}

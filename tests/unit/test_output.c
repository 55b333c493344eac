/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/message.h"
#include "app/output.h"
#include "support/capture.h"

/* Writes more than a buffer's worth to it; returns the status, and what was said (to be freed). */
static int write_much(int descriptor, int error, char **ret_said)
{
	int saved = dup(STDOUT_FILENO), status;
	struct capture capture;
	struct output output;

	fflush(stdout);
	dup2(descriptor, STDOUT_FILENO);
	capture_begin(&capture, STDERR_FILENO);
	output_open(&output);
	for (int i = 0; i < 20000; i++)
		fprintf(output.stream, "%d\n", i);
	status = output_close(&output, error);
	*ret_said = capture_end(&capture);
	dup2(saved, STDOUT_FILENO);
	close(saved);
	return status;
}

static void check_error(int descriptor, int error, int expected)
{
	char sentence[200], *said;

	assert_true(descriptor >= 0);
	assert_int_equal(write_much(descriptor, error, &said), EXIT_TROUBLE);
	snprintf(sentence, sizeof(sentence), "vastop: cannot write to standard output: %s.\n",
		 strerror(expected));
	assert_string_equal(said, sentence);
	free(said);
	close(descriptor);
}

static void what_is_written_arrives(void **state)
{
	FILE *file = tmpfile();
	char *said;

	(void)state;
	assert_int_equal(write_much(fileno(file), 0, &said), EXIT_DONE);
	assert_string_equal(said, "");
	free(said);
	assert_int_equal(lseek(fileno(file), 0, SEEK_END),
			 10 * 2 + 90 * 3 + 900 * 4 + 9000 * 5 + 10000 * 6);
	fclose(file);
}

/* A socket of packets keeps them apart. */
static void few_writes_take_all_of_it(void **state)
{
	static char packet[OUTPUT_BYTES + 1];
	size_t total = 0;
	ssize_t length;
	int ends[2];
	char *said;

	(void)state;
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
	assert_int_equal(write_much(ends[1], 0, &said), EXIT_DONE);
	free(said);
	close(ends[1]);
	for (int i = 0; (length = read(ends[0], packet, sizeof(packet))) > 0; i++) {
		assert_int_equal(length, i == 0 ? OUTPUT_BYTES : 108890 - OUTPUT_BYTES);
		total += (size_t)length;
	}
	close(ends[0]);
	assert_int_equal(total, 108890);
}

static void the_reason_is_the_first_one(void **state)
{
	(void)state;
	check_error(open("/dev/null", O_WRONLY), -EDOM, EDOM);
	check_error(open("/dev/null", O_RDONLY), -EDOM, EBADF);
	if (access("/dev/full", W_OK))
		skip();
	check_error(open("/dev/full", O_WRONLY), 0, ENOSPC);
}

/* In a child: limits stay. */
static void write_beyond_limit(void)
{
	const struct rlimit limit = {50000, 50000};
	FILE *file = tmpfile();

	setrlimit(RLIMIT_FSIZE, &limit);
	check_error(fileno(file), 0, EFBIG);
	_exit(0);
}

static void a_file_that_must_not_grow_is_an_error(void **state)
{
	pid_t child = fork();
	int status;

	(void)state;
	if (child == 0)
		write_beyond_limit();
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void a_pipe_that_does_not_wait_is_waited_for(void **state)
{
	int ends[2], status;
	char bytes[4096], *said;
	ssize_t length;
	size_t total = 0;
	pid_t child;

	(void)state;
	assert_int_equal(pipe2(ends, O_NONBLOCK), 0);
	child = fork();
	if (child == 0) {
		close(ends[0]);
		_exit(write_much(ends[1], 0, &said));
	}
	close(ends[1]);
	fcntl(ends[0], F_SETFL, 0);
	while ((length = read(ends[0], bytes, sizeof(bytes))) > 0)
		total += (size_t)length;
	close(ends[0]);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_int_equal(total, 108890);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_arrives),
		cmocka_unit_test(few_writes_take_all_of_it),
		cmocka_unit_test(the_reason_is_the_first_one),
		cmocka_unit_test(a_file_that_must_not_grow_is_an_error),
		cmocka_unit_test(a_pipe_that_does_not_wait_is_waited_for),
	};

	return cmocka_run_group_tests_name("output", tests, NULL, NULL);
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "app/output.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/message.h"
#include "base/memory.h"

/* One write; waits where stdout, which others may have set so, does not. */
static ssize_t write_some(const char *bytes, size_t length)
{
	struct pollfd wait = {.fd = STDOUT_FILENO, .events = POLLOUT};
	ssize_t written;

	do {
		written = write(STDOUT_FILENO, bytes, length);
		if (written < 0 && errno == EAGAIN)
			poll(&wait, 1, -1);
	} while (written < 0 && (errno == EINTR || errno == EAGAIN));
	return written;
}

/* As fopencookie(3) wants it: 0 is an error. */
static ssize_t write_all(void *cookie, const char *bytes, size_t length)
{
	struct output *output = cookie;
	size_t done = 0;

	while (done < length && !output->error) {
		ssize_t written = write_some(bytes + done, length - done);

		if (written < 0)
			output->error = -errno;
		else
			done += (size_t)written;
	}
	return output->error ? 0 : (ssize_t)length;
}

void output_refuse_signal(void)
{
	signal(SIGXFSZ, SIG_IGN);
}

void output_open(struct output *output)
{
	static const cookie_io_functions_t functions = {.write = write_all};

	output_refuse_signal();
	output->error = 0;
	output->stream = fopencookie(output, "w", functions);
	if (!output->stream)
		memory_exhausted();
	/* Of it, and of no stack, only what is written becomes memory. */
	output->buffer = memory_resize(NULL, OUTPUT_BYTES);
	setvbuf(output->stream, output->buffer, _IOFBF, OUTPUT_BYTES);
}

int output_close(struct output *output, int error)
{
	if (fclose(output->stream) && !error)
		error = -EIO;
	free(output->buffer);
	if (output->error)
		error = output->error;
	return error ? output_say_error(error) : EXIT_DONE;
}

int output_say_error(int error)
{
	message_say("cannot write to standard output: %s.", strerror(-error));
	return EXIT_TROUBLE;
}

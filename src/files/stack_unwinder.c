/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/stack_unwinder.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "files/errands.h"
#include "files/frame_unwinder.h"
#include "files/handed_over.h"
#include "files/mapped_ways.h"
#include "inside/unwind_batch.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/call_stack.h"

#define PATIENCE_NS  INT64_C(2000000000)
#define LIMIT_NS     INT64_C(4000000000)
#define PAUSE_MIN_NS INT64_C(1000000000)
#define PAUSE_MAX_NS INT64_C(60000000000)

/* Of processor time, for one batch; a stack takes some microseconds. */
#define CPU_SECONDS 2

struct stack_unwinder {
	struct procfs_options options;
	struct errands errands;
	int64_t again, pause; /* after a failure: CLOCK_MONOTONIC, nanoseconds */
};

struct stack_unwinder *stack_unwinder_create(const struct procfs_options *options)
{
	struct stack_unwinder *unwinder = memory_alloc(sizeof(*unwinder));

	unwinder->options = procfs_options_copy(options);
	errands_init(&unwinder->errands);
	unwinder->errands.plan.patience = PATIENCE_NS;
	unwinder->errands.plan.limit = LIMIT_NS;
	return unwinder;
}

void stack_unwinder_destroy(struct stack_unwinder *unwinder)
{
	if (!unwinder)
		return;
	errands_finish(&unwinder->errands);
	procfs_options_finish(&unwinder->options);
	free(unwinder);
}

/*
 * What a helper is asked; the root of the procfs follows. The batch is at the start of the file
 * that comes with it; the results go behind it, each as soon as it is there.
 */
struct unwind_request {
	int32_t pid;
	unsigned avoid;
	uint64_t size; /* bytes of the batch */
};

static int write_result(int file, const struct unwind_result *result)
{
	const struct text bytes = {.bytes = (char *)result, .length = sizeof(*result)};

	return handed_over_write(file, &bytes);
}

/*
 * How many samples have results, or cost a helper its life: one that died was at the sample behind
 * the last result, which gets an empty one. Moves to where the next result goes.
 */
static uint32_t resume(int file, uint64_t size, bool *ret_died)
{
	off_t end = lseek(file, 0, SEEK_END);
	uint64_t done = end < 0 || (uint64_t)end < size ? 0 : (uint64_t)end - size;

	*ret_died = done % sizeof(struct unwind_result) != 0;
	return (uint32_t)(done / sizeof(struct unwind_result));
}

/* One byte at the end says that a sample is being unwound; its result takes that byte's place. */
static void begin_sample(int file)
{
	char zero = 0;
	const struct text mark = {.bytes = &zero, .length = 1};

	(void)handed_over_write(file, &mark);
}

static void end_sample(int file, uint64_t size, uint32_t index, const struct unwind_result *result)
{
	if (lseek(file, (off_t)(size + index * sizeof(*result)), SEEK_SET) >= 0)
		(void)write_result(file, result);
}

static int unwind_samples(struct frame_unwinder *unwinder, int file, uint64_t size, const char *at,
			  const char *end, uint32_t count)
{
	struct unwind_result result;
	struct unwind_sample sample;
	bool died;
	uint32_t done = resume(file, size, &died);

	for (uint32_t i = 0; i < count; i++) {
		if (unwind_batch_take_sample(&at, end, &sample))
			return -EBADMSG;
		if (i < done)
			continue;
		if (i == done && died) {
			result = (struct unwind_result){0};
		} else {
			begin_sample(file);
			frame_unwinder_unwind(unwinder, &sample, &result);
		}
		end_sample(file, size, i, &result);
	}
	return 0;
}

static int unwind_batch(struct mapped_root *root, int file, const char *bytes, uint64_t size)
{
	const char *at = bytes, *end = bytes + size;
	struct frame_unwinder *unwinder;
	struct unwind_object *objects;
	struct unwind_batch batch;
	int error = unwind_batch_take(&at, end, &batch);

	if (error)
		return error;
	objects = memory_alloc(batch.object_count * sizeof(*objects));
	for (uint32_t i = 0; i < batch.object_count && !error; i++)
		error = unwind_batch_take_object(&at, end, &objects[i]);
	if (!error)
		error = frame_unwinder_open(root, objects, batch.object_count, &unwinder);
	if (!error) {
		error = unwind_samples(unwinder, file, size, at, end, batch.sample_count);
		frame_unwinder_close(unwinder);
	}
	free(objects);
	return error;
}

/* In the helper. */
static int unwind_file(const struct procfs_options *options, const struct unwind_request *request,
		       int file)
{
	int process = procfs_options_open_process(options, request->pid), error;
	struct mapped_root root;
	void *bytes;

	if (process < 0)
		return process;
	bytes = mmap(NULL, request->size, PROT_READ, MAP_PRIVATE, file, 0);
	error = bytes == MAP_FAILED ? -errno : 0;
	if (!error) {
		mapped_root_init(&root, process, request->avoid);
		error = unwind_batch(&root, file, bytes, request->size);
		mapped_root_finish(&root);
		munmap(bytes, request->size);
	}
	close(process);
	return error;
}

static void unwind_in_child(int directory, const char *bytes, size_t length, struct text *reply)
{
	struct procfs_options options = {.root = bytes + sizeof(struct unwind_request)};
	struct unwind_request request;
	int error;

	(void)length;
	helper_limit_time(CPU_SECONDS);
	memcpy(&request, bytes, sizeof(request));
	error = unwind_file(&options, &request, directory);
	text_append_bytes(reply, (const char *)&error, sizeof(error));
}

/* The objects with code of the snapshot: runs of mappings of one file. Returns their number. */
static uint32_t append_objects(struct text *batch, const struct address_space *space)
{
	const struct vma *vmas = space->vmas;
	uint32_t count = 0;

	for (size_t i = 0, next; i < space->vma_count; i = next) {
		struct unwind_object object = {vmas[i].start, vmas[i].end, vmas[i]};
		bool code = vmas[i].perms & PERM_EXEC;

		for (next = i + 1; next < space->vma_count; next++) {
			if (!vma_has_file(&vmas[next]))
				continue;
			if (!vma_same_file(&vmas[i], &vmas[next]))
				break;
			object.end = vmas[next].end;
			code |= (vmas[next].perms & PERM_EXEC) != 0;
		}
		if (!vma_has_file(&vmas[i]) || !code)
			continue;
		unwind_batch_append_object(batch, &object);
		count++;
	}
	return count;
}

static int write_batch(int file, const struct address_space *space,
		       const struct unwind_sample *samples, size_t count, uint64_t *ret_size)
{
	struct unwind_batch head = {.sample_count = (uint32_t)count};
	struct text objects = {0}, batch = {0};
	int error;

	head.object_count = append_objects(&objects, space);
	unwind_batch_append(&batch, &head);
	text_append_bytes(&batch, text_string(&objects), objects.length);
	text_finish(&objects);
	for (size_t i = 0; i < count; i++)
		unwind_batch_append_sample(&batch, &samples[i]);
	error = handed_over_write(file, &batch);
	*ret_size = batch.length;
	text_finish(&batch);
	return error;
}

static struct errand *make_errand(struct stack_unwinder *unwinder, int32_t pid, uint64_t size)
{
	struct text bytes = {0};
	struct unwind_request request;
	struct errand *errand;

	memset(&request, 0, sizeof(request));
	request.pid = pid;
	request.avoid = unwinder->options.avoid;
	request.size = size;
	text_append_bytes(&bytes, (const char *)&request, sizeof(request));
	text_append_bytes(&bytes, unwinder->options.root, strlen(unwinder->options.root) + 1);
	errand = errand_create(&unwinder->errands, 0, 0, unwind_in_child, &bytes, false);
	text_finish(&bytes);
	return errand;
}

/* What is known of a stack that was not unwound. */
static void keep_address(const struct unwind_sample *sample, struct call_stack *stack)
{
	stack->count = 1;
	stack->frames[0] = unwind_sample_register(sample, UNWIND_PROGRAM_COUNTER);
	stack->source = CALL_STACK_ADDRESS;
}

static void take_results(int file, uint64_t size, const struct unwind_sample *samples, size_t count,
			 struct call_stack *stacks)
{
	for (size_t i = 0; i < count; i++) {
		struct unwind_result result;
		off_t at = (off_t)(size + i * sizeof(result));

		if (pread(file, &result, sizeof(result), at) != sizeof(result) ||
		    unwind_result_take(&result, &stacks[i]))
			keep_address(&samples[i], &stacks[i]);
	}
}

static void note_failure(struct stack_unwinder *unwinder, bool failed)
{
	unwinder->pause = !failed ? 0 : !unwinder->pause ? PAUSE_MIN_NS : 2 * unwinder->pause;
	if (unwinder->pause > PAUSE_MAX_NS)
		unwinder->pause = PAUSE_MAX_NS;
	unwinder->again = clock_ns(CLOCK_MONOTONIC) + unwinder->pause;
}

/* Has the child unwind what is in the file. Returns 0, also when it died or hung meanwhile. */
static int run(struct stack_unwinder *unwinder, int file, int32_t pid, uint64_t size)
{
	struct errand *errand = make_errand(unwinder, pid, size);
	int error = 0;

	errands_run(&unwinder->errands, file);
	(void)errand_take_reply(errand, &error, sizeof(error));
	note_failure(unwinder, errand->state != ERRAND_DONE);
	errand_drop(errand);
	return error;
}

int stack_unwinder_unwind(struct stack_unwinder *unwinder, const struct address_space *space,
			  const struct unwind_sample *samples, size_t count,
			  struct call_stack *ret_stacks)
{
	uint64_t size;
	int file, error;

	if (!UNWIND_REGISTER_COUNT)
		return -EOPNOTSUPP;
	if (count > STACK_UNWINDER_SAMPLES_MAX)
		return -E2BIG;
	if (unwinder->pause && clock_ns(CLOCK_MONOTONIC) < unwinder->again)
		return -EAGAIN;
	file = handed_over_create("vastop-stacks");
	if (file < 0)
		return file;
	error = write_batch(file, space, samples, count, &size);
	if (!error)
		error = run(unwinder, file, space->target.pid, size);
	if (!error)
		take_results(file, size, samples, count, ret_stacks);
	handed_over_discard(file);
	close(file);
	return error;
}

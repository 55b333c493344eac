/* SPDX-License-Identifier: GPL-2.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "files/inside_cache.h"
#include "inside/inside_object.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "residency/memory_watch.h"
#include "residency/resident_memory.h"
#include "support/sample.h"
#include "worker_script.h"

/* How long the thread waits between two reads, and what it finds out of a word. */

#define HEAP  UINT64_C(0x55b5f7c8d000) /* of sample_python() */
#define BYTES UINT64_C(0x1000)         /* where the bytes are that are watched */

static struct memory_watch *watch;
static struct address_space *space;
static struct memory_question question;

static struct {
	int64_t now;
	uint64_t words[4];
	int read_error;
	bool spurious;       /* the next wait ends early */
	bool asks;           /* while it reads something else is asked */
	bool asks_in_naming; /* or while it looks for a symbol */
	int waits;           /* that may still be */
	bool no_object, not_loaded;
	const char *symbol; /* at HEAP + 16 */
} script;

int64_t clock_ns(clockid_t clock)
{
	assert_int_equal(clock, CLOCK_MONOTONIC);
	return script.now;
}

int resident_memory_open(struct resident_memory *memory, const struct procfs_options *options,
			 int32_t pid)
{
	assert_non_null(memory);
	call_log_say("open %d below %s", (int)pid, options->root);
	return 0;
}

void resident_memory_close(struct resident_memory *memory)
{
	assert_non_null(memory);
	call_log_say("close");
}

static int read_memory(void *context, uint64_t address, void *bytes, size_t size,
		       uint8_t *ret_absent)
{
	assert_non_null(context);
	worker_script_expect_held(false);
	call_log_say("read");
	script.now += 3;
	assert_int_equal(address, BYTES);
	memcpy(bytes, script.words, size);
	*ret_absent = 0;
	if (script.asks)
		memory_watch_ask(watch, &question);
	script.asks = false;
	return script.read_error;
}

struct memory_reader resident_memory_reader(struct resident_memory *memory)
{
	return (struct memory_reader){.read = read_memory, .context = memory, .page_size = 4096};
}

struct inside_cache *inside_cache_create(const struct procfs_options *options)
{
	call_log_say("cache of %s", options->root);
	return (struct inside_cache *)(void *)&script;
}

void inside_cache_destroy(struct inside_cache *cache)
{
	if (cache)
		call_log_say("forget cache");
}

static struct inside_symbol symbol = {.start = 0x10, .end = 0x20, .address = 0x10};
static struct inside_object object = {.symbols = {.symbols = &symbol, .symbol_count = 1}};

void inside_cache_find(struct inside_cache *cache, const struct address_space *in, size_t index,
		       struct inside_answer *ret_answer)
{
	assert_ptr_equal(cache, &script);
	worker_script_expect_held(false);
	call_log_say("find %" PRIx64, in->vmas[index].start);
	symbol.shown = script.symbol;
	*ret_answer = (struct inside_answer){.object = script.no_object ? NULL : &object,
					     .loaded = !script.not_loaded,
					     .bias = HEAP};
	if (script.asks_in_naming)
		memory_watch_ask(watch, &question);
	script.asks_in_naming = false;
}

void inside_answer_finish(struct inside_answer *answer)
{
	assert_int_equal(answer->bias, HEAP);
	call_log_say("forget answer");
}

static bool wait(int64_t time)
{
	if (time == INT64_MAX)
		call_log_say("wait");
	else
		call_log_say("wait %lld", (long long)(time - script.now));
	if (!script.waits--) {
		worker_script.worker->stop = true;
		return false;
	}
	if (script.spurious) {
		script.spurious = false;
		script.now++;
		return false;
	}
	if (time != INT64_MAX)
		script.now = time;
	return true;
}

static void run(int waits)
{
	script.waits = waits;
	worker_script.worker->stop = false;
	worker_script_run();
}

static void ask(void)
{
	memory_watch_ask(watch, &question);
	call_log_expect("signal\n");
}

static const struct procfs_options options = {.root = "/p"};

static int set_up(void **state)
{
	(void)state;
	memset(&script, 0, sizeof(script));
	script.symbol = "main_arena";
	space = sample_python();
	question = (struct memory_question){
		.pid = 7, .address = BYTES, .size = 32, .interval_ns = 5000000};
	worker_script.wait = wait;
	call_log_clear();
	assert_int_equal(memory_watch_create(&options, &watch), 0);
	call_log_expect("start vastop/memory\n");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	memory_watch_destroy(watch);
	address_space_destroy(space);
	return 0;
}

#define OPEN "open 7 below /p\n"

static void it_reads_at_the_interval(void **state)
{
	struct memory_answer answer;

	(void)state;
	run(1);
	call_log_expect("wait\nwait\n");
	ask();
	script.spurious = true;
	run(2);
	call_log_expect(OPEN "read\nnotify\nwait 5000000\nwait 4999999\nread\nwait 5000000\n");
	question.interval_ns = 999999;
	ask();
	script.now += 999999988; /* just before the second is over */
	run(0);
	call_log_expect("close\n" OPEN "read\nnotify\nwait 1000000\n");
	question.interval_ns = 1000001;
	ask();
	run(0);
	call_log_expect("read\nnotify\nwait 1000001\n");
	/* What is asked meanwhile is read at once, and what was read before is not told. */
	ask();
	script.asks = true;
	run(0);
	call_log_expect("read\nsignal\nread\nnotify\nwait 1000001\n");
	assert_true(memory_watch_take(watch, &answer));
	assert_int_equal(memory_watch_descriptor(watch), WORKER_SCRIPT_DESCRIPTOR);
	/* Nothing is read while nothing is watched. */
	question.pid = 0;
	ask();
	run(2);
	call_log_expect("wait\nwait\nwait\n");
	question.pid = 7;
	ask();
	run(0);
	call_log_expect("read\nnotify\nwait 1000001\n");
	memory_watch_destroy(watch);
	call_log_expect("end\nclose\nfinish\n");
	watch = NULL;
}

/* Reads once; the newest answer. */
static struct memory_answer read_once(const char *calls)
{
	struct memory_answer answer;

	run(0);
	call_log_expect(calls);
	assert_true(memory_watch_take(watch, &answer));
	assert_null(answer.question.space);
	return answer;
}

#define FIND "find 55b5f7c8d000\nforget answer\n"
#define WAIT "wait 5000000\n"

/* The bytes are told before the symbol is looked for, and again with it. */
static void the_symbol_of_a_word_is_found(void **state)
{
	struct memory_answer answer;

	(void)state;
	question.space = space;
	question.word = BYTES + 8;
	question.word_size = 8;
	script.words[1] = HEAP + 0x10;
	ask();
	answer = read_once(OPEN "read\nnotify\ncache of /p\n" FIND "notify\n" WAIT);
	assert_string_equal(answer.symbol, "main_arena");
	assert_true(answer.pointed == HEAP + 0x10);
	/* It stays while the word does. */
	script.words[0]++;
	answer = read_once("read\nnotify\n" WAIT);
	assert_string_equal(answer.symbol, "main_arena");
	assert_true(answer.pointed == HEAP + 0x10);
	script.words[1] += 15;
	answer = read_once("read\nnotify\n" FIND "notify\n" WAIT);
	assert_string_equal(answer.symbol, "main_arena+0xf");
	/* Behind the symbol, and where nothing is mapped. */
	script.words[1]++;
	answer = read_once("read\nnotify\n" FIND WAIT);
	assert_string_equal(answer.symbol, "");
	script.words[1] = 8;
	answer = read_once("read\nnotify\n" WAIT);
	assert_int_equal(answer.pointed, 0); /* which was not told by itself */
	script.words[0]++;
	answer = read_once("read\nnotify\n" WAIT);
	assert_int_equal(answer.pointed, 8);
	script.words[1] = HEAP + 0x10;
	script.no_object = true;
	read_once("read\nnotify\n" FIND WAIT);
	script.no_object = false;
	script.not_loaded = true;
	ask();
	answer = read_once("read\nnotify\n" FIND WAIT);
	assert_string_equal(answer.symbol, "");
	script.not_loaded = false;
	/* What is asked meanwhile is answered instead. */
	ask();
	script.asks_in_naming = true;
	read_once("read\nnotify\nfind 55b5f7c8d000\nsignal\nforget answer\nread\nnotify\n" FIND
		  "notify\n" WAIT);
	memory_watch_destroy(watch);
	call_log_expect("end\nclose\nforget cache\nfinish\n");
	watch = NULL;
}

/* What is too long for a line is none. */
static void a_symbol_has_a_length(void **state)
{
	static char name[MEMORY_SYMBOL_LENGTH + 1];

	(void)state;
	question.space = space;
	question.word = BYTES;
	question.word_size = 8;
	script.words[0] = HEAP + 0x10;
	memset(name, 'x', MEMORY_SYMBOL_LENGTH - 1);
	script.symbol = name;
	ask();
	assert_string_equal(
		read_once(OPEN "read\nnotify\ncache of /p\n" FIND "notify\n" WAIT).symbol, name);
	name[MEMORY_SYMBOL_LENGTH - 1] = 'x';
	ask();
	assert_string_equal(read_once("read\nnotify\n" FIND WAIT).symbol, "");
}

/* A word is looked for where all of it is among the bytes. */
static void a_word_lies_among_the_bytes(void **state)
{
	static const struct {
		uint64_t word;
		unsigned size;
		bool found;
	} cases[] = {{BYTES, 8, true},       {BYTES - 1, 8, false}, {BYTES + 24, 8, true},
		     {BYTES + 25, 8, false}, {BYTES + 28, 4, true}, {BYTES + 29, 4, false},
		     {BYTES, 0, false}};

	(void)state;
	question.space = space;
	memset(script.words, 0xff, sizeof(script.words));
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct memory_answer answer;

		question.word = cases[i].word;
		question.word_size = cases[i].size;
		ask();
		run(0);
		script.words[1]--; /* told once more, with what is known of the word by then */
		run(0);
		assert_true(memory_watch_take(watch, &answer));
		if (answer.pointed != (!cases[i].found      ? 0
				       : cases[i].size == 4 ? UINT32_MAX
							    : UINT64_MAX))
			fail_msg("case %d: %" PRIx64, (int)i, answer.pointed);
		call_log_clear();
	}
	/* Without a snapshot there is nothing that it could point into; and not after an error. */
	question.word = BYTES;
	question.word_size = 8;
	script.words[0] = HEAP + 0x10;
	question.space = NULL;
	ask();
	read_once("read\nnotify\n" WAIT);
	question.space = space;
	script.read_error = -EIO;
	ask();
	read_once("read\nclose\nnotify\n" WAIT);
}

static void one_that_cannot_be_made_is_freed(void **state)
{
	struct memory_watch *none = NULL;

	(void)state;
	memory_watch_destroy(watch);
	watch = NULL;
	call_log_clear();
	worker_script.init_error = -EMFILE;
	assert_int_equal(memory_watch_create(&options, &none), -EMFILE);
	worker_script.init_error = 0;
	call_log_expect("");
	worker_script.start_error = -EAGAIN;
	assert_int_equal(memory_watch_create(&options, &none), -EAGAIN);
	worker_script.start_error = 0;
	call_log_expect("start vastop/memory\nfinish\n");
	assert_null(none);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(it_reads_at_the_interval),
		TEST(the_symbol_of_a_word_is_found),
		TEST(a_symbol_has_a_length),
		TEST(a_word_lies_among_the_bytes),
		TEST(one_that_cannot_be_made_is_freed),
	};

	return cmocka_run_group_tests_name("memory_watch_turns", tests, NULL, NULL);
}

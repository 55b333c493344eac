/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "residency/memory_watch.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "base/text.h"
#include "base/utf8.h"
#include "files/inside_cache.h"
#include "inside/inside_object.h"
#include "kernel/clock.h"
#include "kernel/procfs_options.h"
#include "kernel/worker.h"
#include "model/address_space.h"
#include "residency/resident_memory.h"

/* After this time the memory is opened anew, as that of execve(2) is another one. */
#define OPEN_NS INT64_C(1000000000)

struct memory_watch {
	struct procfs_options options;
	/* The thread's own: */
	struct resident_memory memory;
	int32_t opened; /* whose it is; 0: it is not open */
	int64_t opened_ns;
	struct memory_question question;
	struct address_space *space; /* of the question, owned */
	struct memory_answer last, found;
	bool told;                  /* the last answer is one to this question */
	bool named;                 /* and what its word points into was looked for */
	struct inside_cache *cache; /* NULL: none was needed yet */
	struct worker worker;       /* its lock is for what follows */
	struct memory_question next;
	struct address_space *next_space; /* owned */
	bool asked;
	struct memory_answer answer;
	bool answered;
};

static void close_memory(struct memory_watch *watch)
{
	if (watch->opened)
		resident_memory_close(&watch->memory);
	watch->opened = 0;
}

static void release(void *owner)
{
	struct memory_watch *watch = owner;

	close_memory(watch);
	inside_cache_destroy(watch->cache);
	address_space_destroy(watch->space);
	address_space_destroy(watch->next_space);
	procfs_options_finish(&watch->options);
	worker_finish(&watch->worker);
	free(watch);
}

static int open_memory(struct memory_watch *watch)
{
	int64_t now = clock_ns(CLOCK_MONOTONIC);
	int error;

	if (watch->opened == watch->question.pid && now - watch->opened_ns < OPEN_NS)
		return 0;
	close_memory(watch);
	error = resident_memory_open(&watch->memory, &watch->options, watch->question.pid);
	if (error)
		return error;
	watch->opened = watch->question.pid;
	watch->opened_ns = now;
	return 0;
}

static int read_bytes(struct memory_watch *watch, struct memory_answer *answer)
{
	struct memory_question *question = &watch->question;
	struct memory_reader reader;
	int error = open_memory(watch);

	if (error)
		return error;
	reader = resident_memory_reader(&watch->memory);
	answer->page_size = reader.page_size;
	watch->memory.absent_too = question->absent_too;
	error = reader.read(reader.context, question->address, answer->bytes, question->size,
			    answer->absent);
	question->absent_too = false;
	if (error)
		close_memory(watch);
	return error;
}

static bool is_same(const struct memory_answer *a, const struct memory_answer *b)
{
	return a->error == b->error && !memcmp(a->bytes, b->bytes, sizeof(a->bytes)) &&
	       !memcmp(a->absent, b->absent, sizeof(a->absent));
}

/* The word that is asked about; false: not all of it was read. */
static bool find_word(const struct memory_answer *answer, uint64_t *ret_word)
{
	const struct memory_question *question = &answer->question;
	const uint64_t at = question->word - question->address;
	const unsigned size = question->word_size;
	uint32_t half;

	if (answer->error || !size || question->word < question->address ||
	    at + size > question->size)
		return false;
	for (unsigned i = 0; i < size; i++)
		if (memory_reader_is_absent(answer->absent, question->address, (size_t)at + i,
					    answer->page_size))
			return false;
	memcpy(&half, answer->bytes + at, sizeof(half));
	*ret_word = half;
	if (size == sizeof(*ret_word))
		memcpy(ret_word, answer->bytes + at, sizeof(*ret_word));
	return true;
}

static void append_symbol(struct text *text, const struct inside_answer *inside, uint64_t address)
{
	const uint64_t in_file = address - inside->bias;
	const struct inside_symbol *symbol =
		inside->object && inside->loaded ? symbol_list_at(&inside->object->symbols, in_file)
						 : NULL;

	if (!symbol)
		return;
	utf8_append_escaped(text, symbol->shown, strlen(symbol->shown));
	if (in_file != symbol->address)
		text_append_format(text, "+0x%" PRIx64, in_file - symbol->address);
}

/* Without the lock. Looks for the symbol that the word points into. */
static void name_word(struct memory_watch *watch, uint64_t word)
{
	struct memory_answer *last = &watch->last;
	size_t index = address_space_find(watch->space, word);
	struct inside_answer inside = {0};
	struct text text = {0};

	last->pointed = word;
	watch->named = true;
	if (index == watch->space->vma_count)
		return;
	if (!watch->cache)
		watch->cache = inside_cache_create(&watch->options);
	inside_cache_find(watch->cache, watch->space, index, &inside);
	append_symbol(&text, &inside, word);
	inside_answer_finish(&inside);
	/* What is too long for a line is no help. */
	if (text.length < sizeof(last->symbol))
		strcpy(last->symbol, text_string(&text));
	text_finish(&text);
}

/* A word that is the same as before points into the same symbol. */
static void keep_name(struct memory_watch *watch)
{
	uint64_t word = 0;

	watch->named = watch->told && watch->named && find_word(&watch->found, &word) &&
		       watch->last.pointed == word;
	if (!watch->named)
		return;
	watch->found.pointed = word;
	memcpy(watch->found.symbol, watch->last.symbol, sizeof(watch->found.symbol));
}

/* Without the lock. Returns whether there is something to tell. */
static bool look(struct memory_watch *watch)
{
	struct memory_answer *found = &watch->found;

	*found = (struct memory_answer){.question = watch->question};
	found->error = read_bytes(watch, found);
	if (watch->told && is_same(found, &watch->last))
		return false;
	keep_name(watch);
	watch->last = *found;
	watch->told = true;
	return true;
}

/* With the lock. What is asked by now is something else. */
static void tell(struct memory_watch *watch)
{
	if (watch->asked)
		return;
	watch->answer = watch->last;
	watch->answered = true;
	worker_notify(&watch->worker);
}

static void begin(struct memory_watch *watch)
{
	address_space_destroy(watch->space);
	watch->space = watch->next_space;
	watch->next_space = NULL;
	watch->question = watch->next;
	watch->asked = watch->told = false;
}

static void take_turn(struct memory_watch *watch)
{
	struct worker *worker = &watch->worker;
	uint64_t word = 0;
	bool new;

	if (watch->asked)
		begin(watch);
	pthread_mutex_unlock(&worker->lock);
	new = look(watch);
	pthread_mutex_lock(&worker->lock);
	if (!new)
		return;
	tell(watch);
	if (!watch->space || watch->named || !find_word(&watch->last, &word))
		return;
	pthread_mutex_unlock(&worker->lock);
	name_word(watch, word);
	pthread_mutex_lock(&worker->lock);
	if (*watch->last.symbol)
		tell(watch);
}

static void work(void *owner)
{
	struct memory_watch *watch = owner;
	struct worker *worker = &watch->worker;
	int64_t next;

	while (!worker->stop) {
		if (watch->asked ? !watch->next.pid : !watch->question.pid) {
			pthread_cond_wait(&worker->changed, &worker->lock);
			continue;
		}
		take_turn(watch);
		next = clock_ns(CLOCK_MONOTONIC) + (int64_t)watch->question.interval_ns;
		while (!worker->stop && !watch->asked && !worker_wait_until(worker, next))
			;
	}
}

int memory_watch_create(const struct procfs_options *options, struct memory_watch **ret_watch)
{
	struct memory_watch *watch = memory_alloc(sizeof(*watch));
	int error = worker_init(&watch->worker);

	if (error) {
		free(watch);
		return error;
	}
	watch->options = procfs_options_copy(options);
	error = worker_start(&watch->worker, "vastop/memory", watch, work, release);
	if (error) {
		release(watch);
		return error;
	}
	*ret_watch = watch;
	return 0;
}

void memory_watch_destroy(struct memory_watch *watch)
{
	if (watch)
		worker_end(&watch->worker);
}

void memory_watch_ask(struct memory_watch *watch, const struct memory_question *question)
{
	struct address_space *space = question->space ? address_space_copy(question->space) : NULL;

	pthread_mutex_lock(&watch->worker.lock);
	address_space_destroy(watch->next_space);
	watch->next_space = space;
	watch->next = *question;
	watch->next.space = NULL;
	if (watch->next.size > MEMORY_WATCH_BYTES)
		watch->next.size = MEMORY_WATCH_BYTES;
	if (watch->next.interval_ns < MEMORY_WATCH_INTERVAL_NS)
		watch->next.interval_ns = MEMORY_WATCH_INTERVAL_NS;
	watch->asked = true;
	pthread_cond_signal(&watch->worker.changed);
	pthread_mutex_unlock(&watch->worker.lock);
}

int memory_watch_descriptor(const struct memory_watch *watch)
{
	return watch->worker.descriptor;
}

bool memory_watch_take(struct memory_watch *watch, struct memory_answer *ret_answer)
{
	return worker_take(&watch->worker, &watch->answered, &watch->answer, sizeof(watch->answer),
			   ret_answer);
}

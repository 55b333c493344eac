/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/inside_cache.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/text.h"
#include "files/errands.h"
#include "files/handed_over.h"
#include "files/inside_probe.h"
#include "files/inside_question.h"
#include "inside/inside_object.h"
#include "inside/object_record.h"
#include "kernel/kept_memory.h"
#include "kernel/procfs_options.h"
#include "model/address_space.h"
#include "model/file_key.h"
#include "model/object.h"

/* A large library is read from a slow disk. */
#define PATIENCE_NS INT64_C(10000000000)
#define LIMIT_NS    INT64_C(60000000000)

/* Of processor time, for one object; a second more than any takes on a slow machine. */
#define CPU_SECONDS 4

/* Mappings of the same file that go with a question, to find where it was loaded. */
#define VMAS_MAX 16

/* A file that was read; the name is owned. */
struct entry {
	struct file_key key;
	struct file_stamp stamp;
	struct inside_object *object;
	size_t memory; /* bytes that the object takes */
};

struct inside_cache {
	struct errands errands;
	struct procfs_options options;
	struct entry *entries; /* the one that was asked for last is the last */
	size_t count, capacity;
};

struct inside_cache *inside_cache_create(const struct procfs_options *options)
{
	struct inside_cache *cache = memory_alloc(sizeof(*cache));

	errands_init(&cache->errands);
	cache->errands.plan.patience = PATIENCE_NS;
	cache->errands.plan.limit = LIMIT_NS;
	cache->options = procfs_options_copy(options);
	return cache;
}

static void remove_entry(struct inside_cache *cache, size_t index)
{
	struct entry *entry = &cache->entries[index];

	inside_object_unref(entry->object);
	free((char *)entry->key.name);
	memmove(entry, entry + 1, (--cache->count - index) * sizeof(*entry));
}

void inside_cache_destroy(struct inside_cache *cache)
{
	if (!cache)
		return;
	while (cache->count)
		remove_entry(cache, cache->count - 1);
	free(cache->entries);
	errands_finish(&cache->errands);
	procfs_options_finish(&cache->options);
	free(cache);
}

/* What the child is asked; the VMAs, the root of the procfs and the name follow, NULs included. */
struct probe_request {
	struct inside_question question; /* without pointers */
	unsigned avoid;
};

struct probe_reply {
	int error;
	struct inside_finding finding; /* without the object: its record is in the file; */
	uint64_t size;                 /* that is so long; 0: there is none */
};

static int write_record(int descriptor, struct probe_reply *reply)
{
	struct text record = {0};
	int error;

	object_record_append(&record, reply->finding.object);
	inside_object_unref(reply->finding.object);
	reply->finding.object = NULL;
	reply->size = record.length;
	error = handed_over_write(descriptor, &record);
	text_finish(&record);
	return error;
}

/* In the child. The directory is the file that the record goes to. */
static void probe(int directory, const char *bytes, size_t length, struct text *text)
{
	struct vma vmas[VMAS_MAX];
	struct probe_request request;
	struct probe_reply reply;
	struct procfs_options options;
	const char *root;

	(void)length;
	memset(&reply, 0, sizeof(reply));
	memcpy(&request, bytes, sizeof(request));
	bytes += sizeof(request);
	memcpy(vmas, bytes, request.question.count * sizeof(*vmas));
	root = bytes + request.question.count * sizeof(*vmas);
	for (size_t i = 0; i < request.question.count; i++)
		vmas[i].name = root + strlen(root) + 1;
	request.question.vmas = vmas;
	helper_limit_time(CPU_SECONDS);
	options = (struct procfs_options){.root = root, .avoid = request.avoid};
	reply.error = inside_probe(&options, &request.question, &reply.finding);
	if (!reply.error && reply.finding.object)
		reply.error = write_record(directory, &reply);
	text_append_bytes(text, (const char *)&reply, sizeof(reply));
}

/* The record, once the child has written it. */
static int read_record(int descriptor, uint64_t size, struct inside_object **ret_object)
{
	const char *bytes;
	int error = handed_over_map(descriptor, size, &bytes);

	if (error)
		return error;
	error = object_record_read(bytes, size, ret_object);
	handed_over_unmap(descriptor, bytes, size);
	return error;
}

static struct errand *make_errand(struct inside_cache *cache, const struct inside_question *asked)
{
	const struct vma *vma = &asked->vmas[asked->index];
	struct probe_request request = {.question = *asked, .avoid = cache->options.avoid};
	struct text bytes = {0};
	struct errand *errand;

	text_append_bytes(&bytes, (const char *)&request, sizeof(request));
	text_append_bytes(&bytes, (const char *)asked->vmas, asked->count * sizeof(*vma));
	text_append_bytes(&bytes, cache->options.root, strlen(cache->options.root) + 1);
	text_append_bytes(&bytes, vma->name, strlen(vma->name) + 1);
	errand = errand_create(&cache->errands, vma->dev_major, vma->dev_minor, probe, &bytes,
			       false);
	text_finish(&bytes);
	return errand;
}

/* Has a child look. Returns 0 and fills *ret_finding; -EIO when it died of it; or -errno. */
static int ask(struct inside_cache *cache, const struct inside_question *asked,
	       struct inside_finding *ret_finding)
{
	int record = handed_over_create("vastop-inside");
	struct probe_reply reply = {.error = -ETIMEDOUT};
	struct errand *errand;

	if (record < 0)
		return record;
	errand = make_errand(cache, asked);
	errands_run(&cache->errands, record);
	if (!errand_take_reply(errand, &reply, sizeof(reply)) && errand->state == ERRAND_FAILED)
		reply.error = -EIO;
	errand_drop(errand);
	reply.finding.object = NULL;
	if (!reply.error && reply.size)
		reply.error = read_record(record, reply.size, &reply.finding.object);
	close(record);
	if (!reply.error)
		*ret_finding = reply.finding;
	return reply.error;
}

static struct entry *find_entry(const struct inside_cache *cache, const struct file_key *key)
{
	for (size_t i = 0; i < cache->count; i++)
		if (!file_key_compare(&cache->entries[i].key, key))
			return &cache->entries[i];
	return NULL;
}

/* Keeps an object that was read, or the entry that is still right, as the last; takes a reference.
 */
static void keep(struct inside_cache *cache, const struct file_key *key,
		 const struct inside_finding *finding, struct inside_object *object)
{
	struct entry *old = find_entry(cache, key);
	size_t memory = inside_object_memory(object), sum = memory;

	inside_object_ref(object);
	if (old)
		remove_entry(cache, (size_t)(old - cache->entries));
	for (size_t i = 0; i < cache->count; i++)
		sum += cache->entries[i].memory;
	while (cache->count && sum > INSIDE_CACHE_BYTES) {
		sum -= cache->entries[0].memory;
		remove_entry(cache, 0);
	}
	cache->entries = memory_array_grow(cache->entries, cache->count, &cache->capacity,
					   sizeof(*cache->entries));
	cache->entries[cache->count] = (struct entry){
		.key = *key, .stamp = finding->stamp, .object = object, .memory = memory};
	cache->entries[cache->count++].key.name = memory_copy_string(key->name);
}

/* All generated code of a process has one map. */
static struct file_key key_of(const struct inside_question *question)
{
	const struct file_key map = {.inode = (uint32_t)question->pid, .name = "perf map"};

	return question->is_code ? map : file_key_of(&question->vmas[question->index]);
}

/* Returns 0; -ENOENT where nothing tells whether a file is the one that was mapped. */
static int identify(const struct inside_cache *cache, struct inside_question *question)
{
	struct kept_memory *kept = cache->options.kept;
	const struct vma *vma = &question->vmas[question->index];

	if (!kept)
		return 0;
	question->by_build_id = true;
	return question->is_code || vma->deleted
		       ? -ENOENT
		       : kept->operations->build_id(kept, vma->name, &question->build_id);
}

static void look(struct inside_cache *cache, struct inside_question *question,
		 struct inside_answer *answer)
{
	const struct file_key key = key_of(question);
	const struct entry *entry = find_entry(cache, &key);
	struct inside_finding finding = {0};
	struct inside_object *object;

	if (entry)
		question->known = entry->stamp;
	question->demangle = true;
	answer->error = identify(cache, question);
	if (answer->error)
		return;
	answer->error = ask(cache, question, &finding);
	if (answer->error == -EIO) {
		/* There are names that are made to keep whoever demangles them busy. */
		question->demangle = false;
		answer->error = ask(cache, question, &finding);
	}
	if (answer->error)
		return;
	object = finding.object ? finding.object : entry ? inside_object_ref(entry->object) : NULL;
	if (!object) {
		answer->error = -EBADMSG;
		return;
	}
	keep(cache, &key, &finding, object);
	answer->object = object;
	answer->loaded = finding.loaded;
	answer->bias = finding.bias;
	answer->identity = finding.identity;
}

/* The VMAs of the file near the one at index, which is among them, in a row. */
static void collect(const struct address_space *space, size_t index, struct vma *vmas,
		    struct inside_question *question)
{
	size_t first = index > VMAS_MAX / 2 ? index - VMAS_MAX / 2 : 0;

	for (size_t i = first; i < space->vma_count && question->count < VMAS_MAX; i++) {
		if (!vma_same_file(&space->vmas[i], &space->vmas[index]))
			continue;
		if (i == index)
			question->index = question->count;
		vmas[question->count++] = space->vmas[i];
	}
}

void inside_cache_find(struct inside_cache *cache, const struct address_space *space, size_t index,
		       struct inside_answer *ret_answer)
{
	size_t file = object_file_vma(space, index);
	struct inside_question question = {
		.pid = space->target.pid,
		.page_size = space->target.page_size,
	};
	struct inside_answer answer = {
		.start = space->vmas[index].start,
		.end = space->vmas[index].end,
		.error = -ENOENT,
	};
	struct vma vmas[VMAS_MAX];

	if (space->vmas[index].kind == KIND_JIT) {
		question.vmas = &space->vmas[index];
		question.count = 1;
		question.is_code = true;
		look(cache, &question, &answer);
	} else if (file < space->vma_count) {
		question.vmas = vmas;
		collect(space, file, vmas, &question);
		look(cache, &question, &answer);
	}
	*ret_answer = answer;
}

void inside_answer_finish(struct inside_answer *answer)
{
	inside_object_unref(answer->object);
	*answer = (struct inside_answer){0};
}

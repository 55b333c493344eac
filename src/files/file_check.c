/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "files/file_check.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/number.h"
#include "base/text.h"
#include "files/elf_file.h"
#include "files/errands.h"
#include "files/mapped_open.h"
#include "inside/elf_hardening_reader.h"
#include "kernel/proc_file.h"
#include "model/checked_file.h"
#include "model/file_writers.h"
#include "model/target.h"
#include "model/vma.h"

#define MAP_BYTES_MAX ((size_t)4096)

/* What passes between two images of one program; the name follows the request, the place the reply.
 */
struct request {
	unsigned avoid;
	uint64_t uid;
	struct vma vma;
};

struct reply {
	uint8_t state, writer;
	bool replaced, has_place;
	uint32_t writer_id;
	struct elf_hardening hardening;
};

/* The places of a file, from the root directory down. */
struct places {
	struct mapped_root *root;
	const struct vma *vma;
	enum mapped_way way; /* that its path leads on */
	struct file_place *places;
	size_t *lengths; /* of their paths, bytes of the file's */
	size_t count, capacity, lengths_capacity;
};

static enum checked_state read_content(int found, uint64_t size, struct elf_hardening *hardening)
{
	int descriptor = mapped_open(found), error;
	struct file_reader file;

	if (descriptor < 0)
		return descriptor == -EACCES || descriptor == -EPERM ? CHECKED_DENIED
								     : CHECKED_FAILED;
	file = elf_file_reader(&descriptor, size);
	error = elf_hardening_read(&file, hardening);
	close(descriptor);
	return error == 0 ? CHECKED_READ : error == -ENOEXEC ? CHECKED_NOT_ELF : CHECKED_FAILED;
}

/* Where in the file system a path leads to; the way is found by what it leads to. */
static bool find_way(struct places *places, const char *path, const struct statx *found)
{
	for (int way = MAPPED_WAY_OURS; way <= MAPPED_WAY_ABROAD; way++) {
		int descriptor =
			mapped_way_open(places->root, (enum mapped_way)way, places->vma, path);
		struct statx stat;
		bool same;

		if (descriptor < 0)
			continue;
		same = !statx(descriptor, "", AT_EMPTY_PATH | AT_STATX_DONT_SYNC, STATX_INO,
			      &stat) &&
		       stat.stx_ino == found->stx_ino &&
		       stat.stx_dev_major == found->stx_dev_major &&
		       stat.stx_dev_minor == found->stx_dev_minor;
		close(descriptor);
		places->way = (enum mapped_way)way;
		if (same)
			return true;
	}
	return false;
}

/* Returns false where it cannot be looked at. */
static bool add_place(struct places *places, const char *path, size_t length)
{
	int descriptor = mapped_way_open(places->root, places->way, places->vma, path);
	struct statvfs system;
	struct stat stat;
	bool known;

	if (descriptor < 0)
		return false;
	known = !fstat(descriptor, &stat);
	if (known) {
		places->places = memory_array_grow(places->places, places->count, &places->capacity,
						   sizeof(*places->places));
		places->lengths =
			memory_array_grow(places->lengths, places->count, &places->lengths_capacity,
					  sizeof(*places->lengths));
		places->lengths[places->count] = length;
		places->places[places->count++] = (struct file_place){
			.mode = stat.st_mode,
			.uid = stat.st_uid,
			.gid = stat.st_gid,
			.read_only = !fstatvfs(descriptor, &system) && (system.f_flag & ST_RDONLY),
		};
	}
	close(descriptor);
	return known;
}

/*
 * Of a target below another root, what lies above that is left out: nobody in there can change it,
 * and "." at the end of each path is what makes the root itself one.
 */
static bool collect_places(struct places *places, const char *path)
{
	struct text directory = {0};
	bool known = true;

	for (const char *at = path; known && (at = strchr(at, '/')); at++) {
		text_clear(&directory);
		text_append_bytes(&directory, path, (size_t)(at - path) + 1);
		text_append_char(&directory, '.');
		known = add_place(places, text_string(&directory),
				  at == path ? 1 : (size_t)(at - path)) ||
			(places->way == MAPPED_WAY_INSIDE && places->count == 0);
	}
	text_finish(&directory);
	return known && add_place(places, path, strlen(path));
}

/* The user outside of a namespace that is its root: "0 OUTSIDE COUNT" (user_namespaces(7)). */
static void trust_root_of(struct file_trust *trust, int directory, const char *map)
{
	struct text text = {0};
	uint64_t numbers[3] = {0};
	const char *at, *end;
	size_t count = 0;

	proc_file_read(directory, map, MAP_BYTES_MAX, &text);
	at = text_string(&text);
	end = at + text.length;
	while (count < 3) {
		while (at < end && (*at == ' ' || *at == '\t'))
			at++;
		if (number_scan(&at, end, 10, &numbers[count++]))
			break;
	}
	if (count == 3 && numbers[0] == 0 && numbers[2] && numbers[1] <= UINT32_MAX)
		trust->uids[trust->count++] = (uint32_t)numbers[1];
	text_finish(&text);
}

static bool sees_all_users(void)
{
	struct text text = {0};
	bool all = !proc_file_read(AT_FDCWD, "/proc/self/uid_map", MAP_BYTES_MAX, &text) &&
		   strstr(text_string(&text), "4294967295");

	text_finish(&text);
	return all;
}

static void append_path(const struct mapped_root *root, const struct vma *vma, struct text *path)
{
	if (!strstr(vma->name, "\\012") || !mapped_ways_read_path(root, vma, path))
		text_append(path, vma->name);
}

static void find_writers(struct mapped_root *root, const struct request *request,
			 const struct statx *found, struct reply *reply, struct text *place)
{
	struct places places = {.root = root, .vma = &request->vma};
	struct file_trust trust = {.uids = {0}, .count = 1};
	struct file_writers writers;
	struct text path = {0};

	if (request->uid <= UINT32_MAX)
		trust.uids[trust.count++] = (uint32_t)request->uid;
	trust_root_of(&trust, root->directory, "uid_map");
	trust.unmapped = !sees_all_users();
	append_path(root, &request->vma, &path);
	if (mapped_root_is_live(root) && find_way(&places, text_string(&path), found) &&
	    collect_places(&places, text_string(&path))) {
		writers = file_writers_judge(places.places, places.count, &trust);
		reply->writer = writers.who;
		reply->writer_id = writers.id;
		reply->has_place = writers.who > CHECKED_WRITER_NONE;
		if (reply->has_place)
			text_append_bytes(place, text_string(&path), places.lengths[writers.place]);
	}
	free(places.places);
	free(places.lengths);
	text_finish(&path);
}

/* Whether something has the name that the file had. */
static bool has_successor(struct mapped_root *root, const struct vma *vma)
{
	for (int way = MAPPED_WAY_OURS; way <= MAPPED_WAY_ABROAD; way++) {
		int descriptor = mapped_way_open(root, (enum mapped_way)way, vma, vma->name);

		if (descriptor < 0)
			continue;
		close(descriptor);
		return true;
	}
	return false;
}

static void look(int directory, const struct request *request, struct reply *reply,
		 struct text *place)
{
	const struct vma *vma = &request->vma;
	struct mapped_found file;
	struct mapped_root root;
	int found;

	mapped_root_init(&root, directory, request->avoid);
	reply->replaced = vma->deleted && has_successor(&root, vma);
	found = mapped_find(&root, vma, &file);
	if (found >= 0) {
		reply->state = (uint8_t)read_content(found, file.stat.stx_size, &reply->hardening);
		if (!vma->deleted)
			find_writers(&root, request, &file.stat, reply, place);
		close(found);
	}
	mapped_root_finish(&root);
}

/* In the helper. */
static void answer(int directory, const char *bytes, size_t length, struct text *text)
{
	struct reply reply = {.state = CHECKED_MISSING, .writer = CHECKED_WRITER_UNKNOWN};
	struct text name = {0}, place = {0};
	struct request request;

	memcpy(&request, bytes, sizeof(request));
	text_append_bytes(&name, bytes + sizeof(request), length - sizeof(request));
	request.vma.name = text_string(&name);
	look(directory, &request, &reply, &place);
	text_append_bytes(text, (const char *)&reply, sizeof(reply));
	text_append_bytes(text, text_string(&place), place.length);
	text_finish(&name);
	text_finish(&place);
}

struct errand *file_check_create(struct errands *errands, const struct vma *vma, unsigned avoid,
				 uint64_t uid)
{
	const struct request request = {.avoid = avoid, .uid = uid, .vma = *vma};
	struct text text = {0};
	struct errand *errand;

	text_append_bytes(&text, (const char *)&request, sizeof(request));
	text_append(&text, vma->name);
	errand = errand_create(errands, vma->dev_major, vma->dev_minor, answer, &text, false);
	text_finish(&text);
	return errand;
}

/* The helper has read a hostile file: what it says is in range. */
static bool is_sane(const struct reply *reply)
{
	return reply->state <= CHECKED_FAILED && reply->writer <= CHECKED_WRITER_BESIDE &&
	       reply->hardening.relro <= ELF_RELRO_FULL &&
	       reply->hardening.stack <= ELF_STACK_UNSTATED;
}

void file_check_take(const struct errand *errand, struct checked_file *file)
{
	const struct text *text = &errand->reply;
	struct reply reply;

	file->state = errand->state == ERRAND_FAILED ? CHECKED_FAILED : CHECKED_STALLED;
	file->writer = CHECKED_WRITER_UNKNOWN;
	if (errand->state != ERRAND_DONE)
		return;
	file->state = CHECKED_FAILED;
	if (text->length < sizeof(reply))
		return;
	memcpy(&reply, text->bytes, sizeof(reply));
	if (!is_sane(&reply))
		return;
	file->state = reply.state;
	file->hardening = reply.hardening;
	file->replaced = reply.replaced;
	file->writer = reply.writer;
	file->writer_id = reply.writer_id;
	if (reply.has_place)
		file->place = memory_copy_string(text->bytes + sizeof(reply));
}

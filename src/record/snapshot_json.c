/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "record/snapshot_json.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/number.h"
#include "model/address_space.h"
#include "model/kept_usage.h"
#include "model/runtime.h"
#include "model/target.h"
#include "record/json_tree.h"
#include "record/recording_value.h"

#define SCHEMA_FAMILY "vastop.snapshot/"
#define SCHEMA        SCHEMA_FAMILY "1"
#define SECOND_NS     INT64_C(1000000000)
#define YEARS_MAX     200 /* since 1970, so that nanoseconds fit into 64 bits */
#define BLANKS_MAX    16  /* that may stand before the text */

/* An object of the tree. */
struct member {
	const struct json_tree *tree;
	const struct json_t *object;
};

static const struct json_t *get(struct member member, const char *name)
{
	return json_tree_member(member.tree, member.object, name);
}

static const char *get_string(struct member member, const char *name)
{
	return json_tree_string(member.tree, get(member, name));
}

/* Null, and what is not there, is unknown. */
static bool get_known(struct member member, const char *name, uint64_t *ret_number)
{
	const struct json_t *value = get(member, name);

	*ret_number = TARGET_UNKNOWN;
	return !value || json_tree_number(member.tree, value, ret_number);
}

static bool get_number(struct member member, const char *name, uint64_t most, uint64_t *ret_number)
{
	return json_tree_number(member.tree, get(member, name), ret_number) && *ret_number <= most;
}

/* "0x7f12a000" */
static bool get_hex(struct member member, const char *name, uint64_t *ret_number)
{
	const char *string = get_string(member, name), *end;

	if (!string || strncmp(string, "0x", 2) != 0)
		return false;
	end = string + strlen(string);
	string += 2;
	return !number_scan(&string, end, 16, ret_number) && string == end;
}

/* The string is one of those that the function has for the numbers below count. */
static bool get_named(struct member member, const char *key, const char *(*name_of)(int number),
		      int count, uint8_t *ret_number)
{
	const char *string = get_string(member, key), *name;

	for (int i = 0; string && i < count; i++) {
		name = name_of(i);
		if (!name || strcmp(name, string) != 0)
			continue;
		*ret_number = (uint8_t)i;
		return true;
	}
	return false;
}

static bool read_time(const char *string, int64_t *ret_time_ns)
{
	struct tm tm = {0};
	const char *rest = string ? strptime(string, "%Y-%m-%dT%H:%M:%S.", &tm) : NULL;
	uint64_t milliseconds;

	if (!rest || tm.tm_year < 70 || tm.tm_year > 70 + YEARS_MAX || strlen(rest) != 4 ||
	    number_parse(rest, 3, 999, &milliseconds) || rest[3] != 'Z')
		return false;
	*ret_time_ns = (int64_t)timegm(&tm) * SECOND_NS + (int64_t)milliseconds * 1000000;
	return true;
}

static bool read_target(struct member root, struct target *ret_target)
{
	const char *comm = get_string(root, "comm");
	uint64_t pid;

	*ret_target = (struct target){
		.comm = comm ? comm : "",
		.exe = get_string(root, "exe"),
		.uid = TARGET_UNKNOWN,
		.state = '?',
		.rss = TARGET_UNKNOWN,
		.swap = TARGET_UNKNOWN,
		.limits = {TARGET_UNKNOWN, TARGET_UNKNOWN, TARGET_UNKNOWN, TARGET_UNKNOWN}};
	if (!get_number(root, "pid", INT32_MAX, &pid) || !pid ||
	    !get_known(root, "start_ticks", &ret_target->start_ticks) ||
	    !get_number(root, "page_size", INT64_MAX, &ret_target->page_size) ||
	    !target_is_page_size(ret_target->page_size))
		return false;
	ret_target->pid = (int32_t)pid;
	return true;
}

/* "08:01" */
static bool read_device(const char *string, struct vma *vma)
{
	const char *end = string ? string + strlen(string) : NULL;
	uint64_t major, minor;

	if (!string || number_scan(&string, end, 16, &major) || *string++ != ':' ||
	    number_scan(&string, end, 16, &minor) || string != end || major > UINT32_MAX ||
	    minor > UINT32_MAX)
		return false;
	vma->dev_major = (uint32_t)major;
	vma->dev_minor = (uint32_t)minor;
	return true;
}

/* Of a core file neither is known: there the name stands for the file. */
static bool read_file_numbers(struct member member, struct vma *vma)
{
	if (get(member, "dev"))
		return get_number(member, "inode", UINT64_MAX, &vma->inode) &&
		       read_device(get_string(member, "dev"), vma);
	vma->dev_major = VMA_UNNUMBERED;
	vma->inode = vma->name[0] && vma->name[0] != '[';
	return !get(member, "inode");
}

static const char *name_of_kind(int kind)
{
	return kind == KIND_GAP ? NULL : kind_name((enum kind)kind);
}

static const char *name_of_kind_source(int source)
{
	return kind_source_name((enum kind_source)source);
}

static const char *name_of_owner(int owner)
{
	return owner_name((enum owner)owner);
}

static const char *name_of_runtime(int runtime)
{
	return runtime_name((enum runtime)runtime);
}

static bool read_what(struct member member, struct vma *vma)
{
	return get_named(member, "kind", name_of_kind, KIND_COUNT, &vma->kind) &&
	       get_named(member, "kind_source", name_of_kind_source, KIND_SOURCE_COUNT,
			 &vma->kind_source) &&
	       get_named(member, "owner", name_of_owner, OWNER_COUNT, &vma->owner) &&
	       (!get(member, "runtime") ||
		get_named(member, "runtime", name_of_runtime, RUNTIME_COUNT, &vma->runtime));
}

static bool read_vma(struct member member, struct vma *ret_vma)
{
	const char *perms = get_string(member, "perms");
	uint64_t tid = 0;
	struct vma vma = {.name = get_string(member, "name"),
			  .deleted = json_tree_is_true(member.tree, get(member, "deleted")),
			  .alternate = json_tree_is_true(member.tree, get(member, "alternate"))};

	if (!vma.name || !perms || !get_hex(member, "start", &vma.start) ||
	    !get_hex(member, "end", &vma.end) || !recording_perms_parse(perms, &vma.perms))
		return false;
	if (!get_number(member, "offset", UINT64_MAX, &vma.offset) ||
	    !read_file_numbers(member, &vma))
		return false;
	if (get(member, "tid") && (!get_number(member, "tid", INT32_MAX, &tid) || !tid))
		return false;
	vma.tid = (int32_t)tid;
	if (!read_what(member, &vma))
		return false;
	*ret_vma = vma;
	return true;
}

/* Of a mapping or a sum. */
static bool read_usage(struct member member, struct usage *ret_usage)
{
	*ret_usage = usage_unknown();
	return get_known(member, "rss", &ret_usage->rss) &&
	       get_known(member, "pss", &ret_usage->pss) &&
	       get_known(member, "swap", &ret_usage->swap) &&
	       get_known(member, "hugetlb", &ret_usage->hugetlb);
}

static bool read_source(struct member root, enum residency_source *ret_source)
{
	const char *string = get_string(root, "usage_source");
	int source = RESIDENCY_NONE;

	while (string && source <= RESIDENCY_SMAPS &&
	       strcmp(string, residency_source_name((enum residency_source)source)) != 0)
		source++;
	*ret_source = (enum residency_source)source;
	return string && source <= RESIDENCY_SMAPS;
}

/* What is read before it is put together. */
struct reading {
	struct target target;
	int64_t time_ns;
	enum residency_source source;
	struct usage total;
	struct vma *vmas;
	struct usage_list usages;
	size_t count;
};

/* Where only some of the mappings were written the sums of those count. */
static bool read_head(struct member root, struct reading *reading)
{
	struct member sums = {root.tree, get(root, "filter")};

	if (!sums.object)
		sums.object = get(root, "totals");
	return read_target(root, &reading->target) &&
	       read_time(get_string(root, "time"), &reading->time_ns) &&
	       read_source(root, &reading->source) && read_usage(sums, &reading->total);
}

static bool read_mappings(struct member root, struct reading *reading)
{
	const struct json_t *array = get(root, "mappings");
	struct usage usage;

	reading->vmas = memory_alloc(reading->count * sizeof(*reading->vmas));
	usage_list_init(&reading->usages, reading->count);
	for (size_t i = 0; i < reading->count; i++) {
		struct member member = {root.tree, json_tree_element(root.tree, array, i)};

		if (!read_vma(member, &reading->vmas[i]) || !read_usage(member, &usage))
			return false;
		usage_list_set(&reading->usages, i, &usage);
	}
	return true;
}

static int check_schema(struct member root)
{
	const char *schema = get_string(root, "schema");

	if (!schema || strncmp(schema, SCHEMA_FAMILY, strlen(SCHEMA_FAMILY)) != 0)
		return -EBADMSG;
	return strcmp(schema, SCHEMA) ? -ENOTSUP : 0;
}

static int put_together(struct reading *reading, struct address_space **ret_space,
			struct kept_usage *ret_usage)
{
	int error = address_space_create(&reading->target, reading->vmas, reading->count,
					 reading->time_ns, 0, ret_space);

	if (error)
		return -EBADMSG;
	*ret_usage = (struct kept_usage){.known = true};
	usage_table_restore(&ret_usage->table, *ret_space, reading->usages, &reading->total);
	reading->usages = (struct usage_list){0};
	ret_usage->table.source = reading->source;
	return 0;
}

static int read_tree(const struct json_tree *tree, struct address_space **ret_space,
		     struct kept_usage *ret_usage)
{
	struct member root = {tree, json_tree_root(tree)};
	struct reading reading = {.vmas = NULL};
	int error = check_schema(root);

	if (!error && !get(root, "mappings"))
		error = -ENODATA;
	if (!error && (!json_tree_array(tree, get(root, "mappings"), &reading.count) ||
		       !read_head(root, &reading) || !read_mappings(root, &reading)))
		error = -EBADMSG;
	if (!error)
		error = put_together(&reading, ret_space, ret_usage);
	free(reading.vmas);
	usage_list_finish(&reading.usages);
	return error;
}

/* Returns the descriptor of a regular file, or -errno. */
static int open_file(const char *path, uint64_t *ret_bytes)
{
	int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY), error = 0;
	struct stat status;

	if (descriptor < 0)
		return -errno;
	if (fstat(descriptor, &status))
		error = -errno;
	else if (!S_ISREG(status.st_mode))
		error = S_ISDIR(status.st_mode) ? -EISDIR : -ENXIO;
	if (error) {
		close(descriptor);
		return error;
	}
	*ret_bytes = (uint64_t)status.st_size;
	return descriptor;
}

bool snapshot_json_is_meant(const char *path)
{
	uint64_t size;
	int descriptor = open_file(path, &size);
	char bytes[BLANKS_MAX];
	ssize_t length;
	size_t at = 0;

	if (descriptor < 0)
		return false;
	length = read(descriptor, bytes, sizeof(bytes));
	close(descriptor);
	while (length > 0 && at < (size_t)length && bytes[at] && strchr(" \t\r\n", bytes[at]))
		at++;
	return length > 0 && at < (size_t)length && bytes[at] == '{';
}

int snapshot_json_read(const char *path, struct address_space **ret_space,
		       struct kept_usage *ret_usage)
{
	uint64_t size;
	int descriptor = open_file(path, &size), error;
	struct json_tree *tree = NULL;

	if (descriptor < 0)
		return descriptor;
	error = size > SNAPSHOT_JSON_BYTES_MAX ? -EFBIG : json_tree_read(descriptor, &tree);
	close(descriptor);
	error = error ? error : read_tree(tree, ret_space, ret_usage);
	json_tree_destroy(tree);
	return error;
}

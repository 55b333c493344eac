/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "kernel/procmap_query.h"

#include <errno.h>
#include <sys/ioctl.h>

#include "procfs/region_reply.h"

/* The kernel's struct procmap_query; sizes of what is not wanted stay 0. */
struct request {
	uint64_t size; /* of this struct: the kernel takes what it knows of it */
	uint64_t query_flags;
	uint64_t query_address;
	uint64_t start, end;
	uint64_t flags;
	uint64_t page_size;
	uint64_t offset;
	uint64_t inode;
	uint32_t dev_major, dev_minor;
	uint32_t name_size;
	uint32_t build_id_size;
	uint64_t name_address;
	uint64_t build_id_address;
};

_Static_assert(sizeof(struct request) == 104, "the kernel's layout has no holes");

#define COVERING_OR_NEXT UINT64_C(0x10)

#define QUERY _IOWR('f', 17, struct request)

static int query(int maps, uint64_t address, uint64_t flags, struct procmap *ret_map)
{
	struct request request = {
		.size = sizeof(request), .query_address = address, .query_flags = flags};

	if (ioctl(maps, QUERY, &request))
		return -errno;
	if (region_reply_check_mapping(request.start, request.end, address,
				       (flags & COVERING_OR_NEXT) != 0))
		return -EBADMSG;
	*ret_map = (struct procmap){
		.start = request.start,
		.end = request.end,
		.flags = request.flags,
		.inode = request.inode,
		.page_size = request.page_size,
	};
	return 0;
}

int procmap_query(int maps, uint64_t address, struct procmap *ret_map)
{
	return query(maps, address, 0, ret_map);
}

int procmap_query_next(int maps, uint64_t address, uint64_t flags, struct procmap *ret_map)
{
	return query(maps, address, flags | COVERING_OR_NEXT, ret_map);
}

int procmap_query_file(int maps, uint64_t address, struct procmap_file *ret_file)
{
	struct procmap_file file = {.numbers = {0}};
	/* A buffer too small for the build-id made some kernels free the mm twice: none is larger.
	 */
	struct request request = {
		.size = sizeof(request),
		.query_address = address,
		.build_id_size = sizeof(file.build_id.bytes),
		.build_id_address = (uintptr_t)file.build_id.bytes,
	};

	if (ioctl(maps, QUERY, &request))
		return -errno;
	file.numbers = (struct file_numbers){
		.inode = request.inode,
		.dev_major = request.dev_major,
		.dev_minor = request.dev_minor,
	};
	if (request.build_id_size <= sizeof(file.build_id.bytes))
		file.build_id.size = request.build_id_size;
	*ret_file = file;
	return 0;
}

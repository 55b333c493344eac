/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/file_system.h"

#include <string.h>

static const struct {
	const char *type;
	enum file_system file_system;
} types[] = {
	{"tmpfs", FILE_SYSTEM_TMPFS},         {"ramfs", FILE_SYSTEM_TMPFS},
	{"rootfs", FILE_SYSTEM_TMPFS},        {"hugetlbfs", FILE_SYSTEM_HUGETLBFS},
	{"devtmpfs", FILE_SYSTEM_DEVICES},    {"devpts", FILE_SYSTEM_DEVICES},
	{"binder", FILE_SYSTEM_DEVICES},      {"proc", FILE_SYSTEM_KERNEL},
	{"sysfs", FILE_SYSTEM_KERNEL},        {"debugfs", FILE_SYSTEM_KERNEL},
	{"tracefs", FILE_SYSTEM_KERNEL},      {"configfs", FILE_SYSTEM_KERNEL},
	{"secretmem", FILE_SYSTEM_SECRETMEM},
};

enum file_system file_system_of_type(const char *type, size_t length)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (strlen(types[i].type) == length && !memcmp(types[i].type, type, length))
			return types[i].file_system;
	return FILE_SYSTEM_ORDINARY;
}

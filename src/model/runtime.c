/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/runtime.h"

#include <stddef.h>

static const struct {
	const char *label, *name;
} runtimes[RUNTIME_COUNT] = {
	[RUNTIME_JAVA] = {"java heap", "java-heap"},
	[RUNTIME_GO] = {"Go heap", "go-heap"},
	[RUNTIME_V8] = {"V8 heap", "v8-heap"},
	[RUNTIME_PARTITION_ALLOC] = {"PartitionAlloc heap", "partition-alloc-heap"},
	[RUNTIME_ASAN] = {"AddressSanitizer shadow", "asan-shadow"},
};

const char *runtime_label(enum runtime runtime)
{
	return runtimes[runtime].label;
}

const char *runtime_name(enum runtime runtime)
{
	return runtimes[runtime].name;
}

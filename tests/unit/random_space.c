/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "random_space.h"

#include <stdlib.h>

#define USER_PAGES     (UINT64_C(1) << 35)
#define VSYSCALL_START UINT64_C(0xffffffffff600000)

static const char *const names[] = {
	"",       "",         "/usr/lib/libc.so.6", "/usr/bin/program",
	"[heap]", "/memfd:a", "/usr/lib/libm.so.6",
};

/* splitmix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014. */
uint64_t random_next(struct random *random)
{
	uint64_t z = random->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

uint64_t random_below(struct random *random, uint64_t limit)
{
	return random_next(random) % limit;
}

uint64_t random_magnitude(struct random *random, uint64_t limit)
{
	unsigned bits = 64 - (unsigned)__builtin_clzll(limit);
	uint64_t number = random_next(random) >> (63 - random_below(random, bits));

	return number % limit + 1;
}

static struct vma random_vma(struct random *random)
{
	/* Few kinds in a space: more regions to compare with each other. */
	static const uint8_t kinds[] = {KIND_TEXT, KIND_ANON,    KIND_ANON,  KIND_ANON, KIND_DATA,
					KIND_HEAP, KIND_RESERVE, KIND_STACK, KIND_GUARD};

	return (struct vma){
		.name = names[random_below(random, sizeof(names) / sizeof(names[0]))],
		.perms = (uint8_t)random_below(random, 16),
		.kind = kinds[random_below(random, sizeof(kinds))],
		.owner = random_below(random, 8) ? OWNER_OTHER : OWNER_PROGRAM,
	};
}

void random_vmas(struct random *random, struct vma *vmas, size_t count)
{
	uint64_t room = count ? USER_PAGES / count / 2 : 0;
	uint64_t largest = random_magnitude(random, room ? room : 1);
	uint64_t cursor = random_below(random, 8) ? random_magnitude(random, room ? room : 1) : 0;

	for (size_t i = 0; i < count; i++) {
		if (i && random_below(random, 2))
			cursor += random_magnitude(random, room - largest + 1) - 1;
		vmas[i] = random_vma(random);
		vmas[i].start = cursor * PAGE;
		cursor += random_magnitude(random, largest);
		vmas[i].end = cursor * PAGE;
	}
	if (count > 1 && random_below(random, 2) == 0) {
		vmas[count - 1].start = VSYSCALL_START;
		vmas[count - 1].end = VSYSCALL_START + PAGE;
		vmas[count - 1].kind = KIND_VSYSCALL;
	} else if (count && random_below(random, 4) == 0) {
		vmas[count - 1].end = USER_PAGES * PAGE;
	}
}

struct address_space *space_of(const struct vma *vmas, size_t count)
{
	static const struct target target = {.comm = "target", .page_size = PAGE};
	struct address_space *space = NULL;

	if (address_space_create(&target, vmas, count, 0, 0, &space))
		abort();
	return space;
}

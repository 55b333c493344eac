/* SPDX-License-Identifier: GPL-2.0-or-later */

/* The same as sites.c in C++: by operator new, by std::vector, and by a string that grows. */

#include <cstdio>
#include <malloc.h>
#include <string>
#include <sys/prctl.h>
#include <csignal>
#include <unistd.h>
#include <vector>

namespace sites
{
constexpr std::size_t page = 4096, pages = 64;

struct Buffer {
	explicit Buffer(std::size_t size) : memory(new char[size])
	{
		for (std::size_t at = 0; at < size; at += page)
			static_cast<volatile char *>(memory)[at] = 1;
	}
	~Buffer()
	{
		delete[] memory;
	}
	Buffer(const Buffer &) = delete;
	Buffer &operator=(const Buffer &) = delete;
	char *memory;
};

__attribute__((noinline)) std::size_t touch_by_new()
{
	Buffer buffer(6 * pages * page);

	return static_cast<std::size_t>(buffer.memory[0]);
}

template <typename Item> __attribute__((noinline)) std::size_t touch_by_vector()
{
	std::vector<Item> items(3 * pages * page / sizeof(Item), Item{1});

	return items.size();
}

__attribute__((noinline)) std::size_t touch_by_string()
{
	std::string text;

	text.reserve(pages * page - 64);
	text.append(pages * page - 64, 'x');
	return text.size();
}
} // namespace sites

int main()
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0);
	mallopt(M_MMAP_THRESHOLD, 65536);
	std::puts("ready");
	std::fflush(stdout);
	for (;;) {
		std::size_t sum = sites::touch_by_new() + sites::touch_by_vector<long>() +
				  sites::touch_by_string();

		usleep(sum ? 20000 : 0);
	}
}

// SPDX-License-Identifier: GPL-2.0-or-later
//
// As tests/targets/names.c, with the names of C++.

#include <cstdio>
#include <unistd.h>

namespace names
{
int data = 7;
static char bss[20000];

template <typename T> struct box {
	__attribute__((noinline)) T work(T value)
	{
		return value + data + bss[1];
	}
};
} // namespace names

int main(int argc, char **argv)
{
	names::box<int> box;
	int (names::box<int>::*work)(int) = &names::box<int>::work;
	FILE *file = fopen(argv[argc - 1], "we");
	char byte;

	names::bss[0] = static_cast<char>(box.work(argc));
	std::fprintf(file, "names::data %lx\n", reinterpret_cast<unsigned long>(&names::data));
	std::fprintf(file, "names::bss %lx\n", reinterpret_cast<unsigned long>(names::bss));
	std::fprintf(file, "names::box<int>::work(int) %lx\n",
		     *reinterpret_cast<unsigned long *>(&work));
	std::fclose(file);
	std::puts("ready");
	std::fflush(stdout);
	while (read(0, &byte, 1) > 0)
		;
	return 0;
}

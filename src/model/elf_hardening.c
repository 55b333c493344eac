/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/elf_hardening.h"

#include <stddef.h>

const char *elf_relro_name(enum elf_relro relro)
{
	static const char *const names[] = {
		[ELF_RELRO_NONE] = "none",
		[ELF_RELRO_PARTIAL] = "partial",
		[ELF_RELRO_FULL] = "full",
	};

	return names[relro];
}

/* SPDX-License-Identifier: GPL-2.0-or-later */
#include "model/protection.h"

#include "model/target.h"

struct protection protection_unknown(void)
{
	return (struct protection){
		.personality = TARGET_UNKNOWN, .randomize = TARGET_UNKNOWN, .guards_unseen = true};
}

/// A guest book with CVE-2021-44228, and an attacker.
@org.jspecify.annotations.NullMarked
package com.acme.guestbook;

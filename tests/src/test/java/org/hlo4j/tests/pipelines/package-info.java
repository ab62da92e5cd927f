@NullMarked
package org.hlo4j.tests.pipelines;

import org.jspecify.annotations.NullMarked;

/** Every rule's page holds, and so does every specification of what rules find and where they stay silent. */
import { pagesIn } from './markdown/pages.js';
import { specify } from './markdown.js';

for (const page of [...pagesIn('server/rules'), ...pagesIn('test/rules')]) specify(page);

out = []
for i in range(10):
    if i == 3:
        continue
    if i == 6:
        break
    out.append(i)
else:
    out.append('else')
n = 3
while n:
    n -= 1
else:
    out.append('done')
for x in []:
    pass
else:
    out.append('empty')
x = 5 if len(out) > 3 else 6
y = (n or 'zero') and 'yes'
if (k := len(out)) > 4:
    out.append(k)
result = (out, x, y, 1 < 2 < 3, 1 < 3 < 2, not [], None is None)
# result: ([0, 1, 2, 4, 5, 'done', 'empty', 7], 5, 'yes', True, False, True, True)

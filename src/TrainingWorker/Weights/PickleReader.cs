using System.Buffers.Binary;
using System.Text;

namespace Gateway.TrainingWorker.Weights;

/// <summary>Reads the part of Python's pickle that a state dict needs (PEP 307, PEP 3154). It makes numbers, text, lists, tuples,
/// dictionaries and views of storages, and nothing else: what names another class or function is refused, nothing is ever called.</summary>
/// <remarks>Dictionaries are <c>Dictionary&lt;object, object?&gt;</c>, tuples <c>object?[]</c>, lists <c>List&lt;object?&gt;</c>.</remarks>
internal sealed class PickleReader(Stream stream)
{
    private const int Operations = 4_000_000;
    private const int LongestText = 4096;
    private static readonly object Mark = new();
    private readonly List<object?> _stack = [];
    private readonly Dictionary<int, object?> _memo = [];
    private readonly byte[] _buffer = new byte[8];

    /// <summary>Every storage that was named, by key.</summary>
    public Dictionary<string, TorchStorage> Storages { get; } = new(StringComparer.Ordinal);

    /// <summary>The object up to the next STOP; the stream then stands behind it.</summary>
    /// <exception cref="InvalidDataException">It holds something that a state dict does not.</exception>
    public object? Read()
    {
        for (var i = 0; i < Operations; i++)
        {
            var code = (char)Byte();
            if (code == '.')
                return Pop();
            if (!Push(code) && !Change(code))
                throw new InvalidDataException($"Pickle operation 0x{(int)code:x2} is not read.");
        }
        throw new InvalidDataException($"A pickle of more than {Operations} operations.");
    }

    private bool Push(char code)
    {
        object? value;
        switch (code)
        {
            case '(': value = Mark; break;
            case '}': value = new Dictionary<object, object?>(); break;
            case ']': value = new List<object?>(); break;
            case ')': value = Array.Empty<object?>(); break;
            case 'N': value = null; break;
            case '\x88': value = true; break;
            case '\x89': value = false; break;
            case 'J': value = (long)BinaryPrimitives.ReadInt32LittleEndian(Bytes(4)); break;
            case 'K': value = (long)Byte(); break;
            case 'M': value = (long)BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2)); break;
            case '\x8a': value = Long(); break;
            case 'G': value = BinaryPrimitives.ReadDoubleBigEndian(Bytes(8)); break;
            case 'X' or 'T': value = Text(BinaryPrimitives.ReadInt32LittleEndian(Bytes(4))); break;
            case 'U' or '\x8c': value = Text(Byte()); break;
            case 'c': value = TorchNames.Find(Line(), Line()); break;
            case 'h': value = Remembered(Byte()); break;
            case 'j': value = Remembered(BinaryPrimitives.ReadInt32LittleEndian(Bytes(4))); break;
            default: return false;
        }
        _stack.Add(value);
        return true;
    }

    private bool Change(char code)
    {
        switch (code)
        {
            case '\x80': Byte(); break;
            case '\x95': Bytes(8); break;
            case '\x94': _memo[_memo.Count] = Top(); break;
            case 'q': _memo[Byte()] = Top(); break;
            case 'r': _memo[BinaryPrimitives.ReadInt32LittleEndian(Bytes(4))] = Top(); break;
            case '\x93': StackGlobal(); break;
            case 't': _stack.Add(Marked()); break;
            case '\x85' or '\x86' or '\x87': _stack.Add(Last(code - '\x84')); break;
            case 'a': AddTo([Pop()]); break;
            case 'e': AddTo(Marked()); break;
            case 's': SetIn(Last(2)); break;
            case 'u': SetIn(Marked()); break;
            case 'Q': _stack.Add(Storage(Pop())); break;
            case 'R': Reduce(); break;
            case 'b': Pop(); break; // attributes of a dictionary (_metadata)
            default: return false;
        }
        return true;
    }

    private void Reduce()
    {
        if (Pop() is not object?[] arguments || Pop() is not TorchName name)
            throw Odd();
        _stack.Add(name.Kind switch
        {
            TorchNameKind.Dictionary => Dictionary(arguments),
            TorchNameKind.Tensor => Tensor(arguments),
            TorchNameKind.Parameter => arguments is [TorchTensor tensor, ..] ? tensor : throw Odd(),
            _ => throw Odd(),
        });
    }

    private static Dictionary<object, object?> Dictionary(object?[] arguments)
    {
        var made = new Dictionary<object, object?>();
        foreach (var pair in arguments is [List<object?> pairs] ? pairs : [])
            if (pair is IReadOnlyList<object?> and [{ } key, var value])
                made[key] = value;
            else
                throw Odd();
        return made;
    }

    private static TorchTensor Tensor(object?[] arguments) =>
        arguments is [TorchStorage storage, long offset, object?[] shape, object?[] strides, ..]
            && shape.Concat(strides).All(size => size is long)
            ? new(storage, offset, [.. shape.Cast<long>()], [.. strides.Cast<long>()])
            : throw Odd();

    private TorchStorage Storage(object? id)
    {
        // The sixth part, in the older layout only, would be a view of another storage.
        if (id is not object?[] parts
            || parts is not ["storage", TorchName { Kind: TorchNameKind.Storage } type, string key, _, >= 0L and long count, ..]
            || parts is [_, _, _, _, _, not null, ..])
            throw Odd();
        var storage = new TorchStorage(key, type.Type, count);
        if (!Storages.TryAdd(key, storage) && Storages[key] != storage)
            throw Odd();
        return storage;
    }

    private void StackGlobal()
    {
        if (Last(2) is not [string module, string name])
            throw Odd();
        _stack.Add(TorchNames.Find(module, name));
    }

    private void AddTo(object?[] items)
    {
        if (Top() is not List<object?> list)
            throw Odd();
        list.AddRange(items);
    }

    private void SetIn(object?[] items)
    {
        if (Top() is not Dictionary<object, object?> dictionary || items.Length % 2 != 0)
            throw Odd();
        for (var i = 0; i < items.Length; i += 2)
            dictionary[items[i] ?? throw Odd()] = items[i + 1];
    }

    private object? Remembered(int index) => _memo.TryGetValue(index, out var value) ? value : throw Odd();

    private object? Top() => _stack is [.., var top] && top != Mark ? top : throw Odd();

    private object? Pop()
    {
        var top = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    private object?[] Last(int count)
    {
        var items = new object?[count];
        for (var i = count - 1; i >= 0; i--)
            items[i] = Pop();
        return items;
    }

    private object?[] Marked()
    {
        var mark = _stack.LastIndexOf(Mark);
        if (mark < 0)
            throw Odd();
        object?[] items = [.. _stack.Skip(mark + 1)];
        _stack.RemoveRange(mark, _stack.Count - mark);
        return items;
    }

    private long Long()
    {
        var length = Byte();
        if (length > 8)
            throw Odd();
        var value = 0L;
        var bytes = Bytes(length);
        for (var i = 0; i < length; i++)
            value |= (long)bytes[i] << 8 * i;
        return length is 0 or 8 ? value : value << 64 - 8 * length >> 64 - 8 * length;
    }

    private string Text(int length)
    {
        if (length is < 0 or > LongestText)
            throw new InvalidDataException($"A text of {length} bytes in a pickle.");
        var bytes = new byte[length];
        stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }

    private string Line()
    {
        var text = new StringBuilder();
        for (int next; (next = Byte()) != '\n'; text.Append((char)next))
            if (text.Length >= LongestText)
                throw Odd();
        return text.ToString();
    }

    private int Byte() => stream.ReadByte() is >= 0 and var value ? value : throw new EndOfStreamException("The pickle ends too early.");

    private ReadOnlySpan<byte> Bytes(int count)
    {
        stream.ReadExactly(_buffer, 0, count);
        return _buffer.AsSpan(0, count);
    }

    private static InvalidDataException Odd() => new("The pickle is no state dict.");
}

using static Gateway.Dicom.Damage;

namespace Gateway.Dicom;

/// <summary>Reads value fields, leaves them in the file or skips them, as the plan says.</summary>
internal sealed class ValueReader(ByteSource source, ReadingPlan plan)
{
    private const uint PixelData = 0x7FE00010;

    /// <summary>The bytes ended inside the value of Pixel Data, which holds the bytes up to there.</summary>
    public bool PixelDataIsCut { get; private set; }

    /// <summary>The bytes, or an <see cref="IByteBuffer"/> for the place where they are.</summary>
    /// <param name="swap">Size in bytes of the units to reverse.</param>
    /// <exception cref="DicomFileException">Bytes are missing, and not only at the end of Pixel Data.</exception>
    public object Read(uint tag, uint length, in ReadScope scope, int swap)
    {
        if (source.Remaining < length)
        {
            Cut(tag, length, scope);
            length = (uint)source.Remaining;
        }
        if (!plan.Leaves(length)) return ReadBytes(tag, length, scope, swap);
        plan.Allowance.SpendElement(tag, 0);
        var stored = Leave(length);
        return swap > 1 ? new SwappedByteBuffer(stored, swap) : stored;
    }

    /// <summary>The bytes in memory.</summary>
    public byte[] ReadBytes(uint tag, uint length, in ReadScope scope, int swap = 1)
    {
        if (length > Array.MaxLength) throw Bad(source.Position, $"{Name(tag)} of {length} bytes would not fit into memory");
        plan.Allowance.SpendElement(tag, length);
        var bytes = source.Read(length);
        if (bytes.Length < length) Cut(tag, length, scope);
        return swap > 1 ? SwappedByteBuffer.Swap(bytes, swap) : bytes;
    }

    /// <summary>A fragment of encapsulated Pixel Data; null if fragments are skipped.</summary>
    public IByteBuffer? ReadFragment(uint tag, uint length, in ReadScope scope)
    {
        if (plan.SkipsFragments)
        {
            Skip(tag, length, scope);
            return null;
        }
        if (source.Remaining < length)
        {
            Cut(tag, length, scope);
            length = (uint)source.Remaining;
        }
        plan.Allowance.SpendFragment(plan.Leaves(length, isFragment: true) ? 0 : length);
        if (length == 0) return MemoryByteBuffer.Empty;
        return plan.Leaves(length, isFragment: true) ? Leave(length) : new MemoryByteBuffer(ReadBytes(tag, length, scope));
    }

    public void Skip(uint tag, uint length, in ReadScope scope)
    {
        if (source.Skip(length) < length) Cut(tag, length, scope);
    }

    /// <summary>Treats the end of the bytes as the end of Pixel Data.</summary>
    public void Cut(uint tag, uint length, in ReadScope scope)
    {
        PixelDataIsCut = tag == PixelData && scope.Depth == 0;
        if (!PixelDataIsCut) throw Truncated(source.Position, $"{Name(tag)} claims {length} bytes, {source.Remaining} are left");
    }

    private StoredByteBuffer Leave(uint length)
    {
        var stored = new StoredByteBuffer(plan.Store!, source.StreamPosition, length);
        source.Skip(length);
        return stored;
    }
}

using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;

namespace Gateway.Portal;

/// <summary>Where a page of a newest-first list ended: the next page starts at the first row older than this.</summary>
public readonly record struct Cursor(DateTimeOffset At, Guid Id)
{
    private const int Bytes = 24;

    /// <summary>Opaque to clients.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, At.UtcTicks);
        Id.TryWriteBytes(bytes[8..], bigEndian: true, out _);
        return Base64Url.EncodeToString(bytes);
    }

    public static bool TryParse(string text, out Cursor cursor)
    {
        cursor = default;
        Span<byte> bytes = stackalloc byte[Bytes];
        if (Base64Url.DecodeFromChars(text, bytes, out _, out var read) != OperationStatus.Done || read != Bytes)
            return false;
        var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes);
        if (ticks is < 0 || ticks > DateTimeOffset.MaxValue.UtcTicks)
            return false;
        cursor = new(new DateTimeOffset(ticks, TimeSpan.Zero), new Guid(bytes[8..], bigEndian: true));
        return true;
    }
}

using Gateway.Imaging.Grids;

namespace Gateway.Imaging.Volumes;

/// <summary>The slices of one volume that are held decoded: those used last, up to a number of bytes. The others are read again when they
/// are needed.</summary>
/// <param name="most">Bytes; at least one slice for each core is in use besides.</param>
public sealed class DecodedSlices(long most) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly LinkedList<(object Slice, Image Image)> _recent = [];
    private readonly Dictionary<object, LinkedListNode<(object Slice, Image Image)>> _held = [];
    private readonly List<IDisposable> _kept = [];

    /// <summary>Bytes held now.</summary>
    public long Held { get; private set; }

    /// <summary>The most bytes that were ever held.</summary>
    public long MostHeld { get; private set; }

    /// <summary>How often a slice was decoded.</summary>
    public int Decoded { get; private set; }

    /// <summary>Closes what slices were read from; they cannot be read any more.</summary>
    public void Dispose()
    {
        foreach (var kept in _kept)
            kept.Dispose();
    }

    /// <summary>Two threads may decode one slice at the same time; the result is the same.</summary>
    internal Image Get(object slice, Func<Image> decode)
    {
        lock (_lock)
            if (_held.TryGetValue(slice, out var found))
            {
                _recent.Remove(found);
                _recent.AddFirst(found);
                return found.Value.Image;
            }
        var image = decode();
        lock (_lock)
            Hold(slice, image);
        return image;
    }

    /// <summary>Closed with the others.</summary>
    internal T Keep<T>(T open) where T : IDisposable
    {
        _kept.Add(open);
        return open;
    }

    private void Hold(object slice, Image image)
    {
        Decoded++;
        var bytes = Bytes(image);
        if (bytes > most || _held.ContainsKey(slice))
            return;
        while (Held + bytes > most)
        {
            var (oldest, dropped) = _recent.Last!.Value;
            _recent.RemoveLast();
            _held.Remove(oldest);
            Held -= Bytes(dropped);
        }
        _held.Add(slice, _recent.AddFirst((slice, image)));
        Held += bytes;
        MostHeld = Math.Max(MostHeld, Held);
    }

    private static long Bytes(Image image) => sizeof(float) * (long)image.Pixels.Length;
}

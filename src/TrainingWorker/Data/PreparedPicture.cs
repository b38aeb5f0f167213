namespace Gateway.TrainingWorker.Data;

/// <summary>One prepared slice in memory: 8-bit grey of a file, or 16 bits of the archive.</summary>
public sealed record PreparedPicture
{
    private readonly byte[]? _grey;
    private readonly ReadOnlyMemory<short> _stored;

    /// <param name="name">File name without folder and extension.</param>
    /// <param name="size">Width and height in pixels.</param>
    /// <param name="grey">Row-major; the network's value is grey / 127.5 - 1.</param>
    public PreparedPicture(string name, int size, byte[] grey) => (Name, Size, _grey) = (name, size, grey);

    /// <param name="name">Digest of the sample and number of the slice.</param>
    /// <param name="size">Width and height in pixels.</param>
    /// <param name="stored">Row-major; the network's value is stored / 32767.</param>
    public PreparedPicture(string name, int size, ReadOnlyMemory<short> stored) => (Name, Size, _stored) = (name, size, stored);

    public string Name { get; }

    /// <summary>Width and height in pixels.</summary>
    public int Size { get; }

    /// <summary>The numbers of a file; empty for a picture of the archive.</summary>
    public ReadOnlySpan<byte> Codes => _grey;

    /// <summary>Writes the network's values, in [-1, 1], row-major.</summary>
    /// <param name="values">Size x size.</param>
    public void CopyTo(Span<float> values)
    {
        if (_grey is not null)
        {
            for (var i = 0; i < _grey.Length; i++)
                values[i] = _grey[i] / 127.5f - 1;
            return;
        }
        var stored = _stored.Span;
        for (var i = 0; i < stored.Length; i++)
            values[i] = stored[i] / (float)short.MaxValue;
    }
}

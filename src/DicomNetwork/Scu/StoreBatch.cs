namespace Gateway.DicomNetwork;

/// <summary>Files that go over one association, and the presentation contexts they need.</summary>
internal sealed class StoreBatch(bool decompresses)
{
    /// <summary>PS3.8 §9.3.2.2: odd ids in one byte.</summary>
    private const int MaxContexts = 128;

    private const int MaxFiles = 1_000;

    private readonly List<ProposedContext> _contexts = [];

    public List<Part10Head> Files { get; } = [];

    public IReadOnlyList<ProposedContext> Contexts => _contexts;

    /// <summary>False: the batch is full, begin another.</summary>
    public bool TryAdd(Part10Head file)
    {
        var wanted = SyntaxesFor(file).Where(syntax => Find(file, syntax) is null).ToList();
        if (Files.Count == MaxFiles || _contexts.Count + wanted.Count > MaxContexts)
            return false;

        foreach (var syntax in wanted)
            _contexts.Add(new((byte)(2 * _contexts.Count + 1), file.SopClassUid.Value, [syntax]));
        Files.Add(file);
        return true;
    }

    /// <summary>The accepted context for a file: one with the encoding of the file if there is one, else one that the file is converted
    /// to.</summary>
    public ProposedContext? Choose(Part10Head file, IReadOnlyDictionary<byte, string> accepted) =>
        SyntaxesFor(file).Select(syntax => Find(file, syntax)).FirstOrDefault(
            context => context is not null && accepted.TryGetValue(context.Id, out var syntax) && syntax == context.TransferSyntaxes[0]);

    private IEnumerable<string> SyntaxesFor(Part10Head file) =>
        decompresses || TransferSyntaxes.IsUncompressed(file.TransferSyntaxUid)
            ? ((string[])[file.TransferSyntaxUid, TransferSyntaxes.ExplicitLittleEndian, TransferSyntaxes.ImplicitLittleEndian]).Distinct()
            : [file.TransferSyntaxUid];

    private ProposedContext? Find(Part10Head file, string syntax) =>
        _contexts.Find(context => context.AbstractSyntax == file.SopClassUid.Value && context.TransferSyntaxes[0] == syntax);
}

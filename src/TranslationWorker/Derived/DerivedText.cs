namespace Gateway.TranslationWorker;

/// <summary>Text of a derived object (PS3.5 6.1): copied values keep their bytes and the source's character set with them.</summary>
internal static class DerivedText
{
    private const string Unicode = "ISO_IR 192";
    private const int Longest = 64;

    /// <summary>Type 3 and copied: absent is better than another text than the study's other images have.</summary>
    private static readonly DicomTag[] MayBeLeftOut = [DicomTag.StudyDescription, DicomTag.DeidentificationMethod];

    /// <summary>The values of Specific Character Set (0008,0005), joined by backslashes; empty when it is absent.</summary>
    public static string CharacterSet(DicomDataset dataset) =>
        dataset.TryGetString(DicomTag.SpecificCharacterSet, out var terms) ? terms : "";

    /// <summary>Declares Unicode where the source's set has not the letters of what we say of ourselves; everything is then encoded in it.
    /// Text that the source itself holds is no reason: it is said as the source says it.</summary>
    public static void DeclareCharacterSet(DicomDataset dataset, Derivation derivation)
    {
        if (CharacterSet(dataset).Length == 0)
            dataset.Remove(DicomTag.SpecificCharacterSet);    // empty says what absent says, and is not valid
        else if (dataset.GetDicomItem<DicomElement>(DicomTag.SpecificCharacterSet)!.Buffer.Data.Contains((byte)0))
            dataset.AddOrUpdate(DicomTag.SpecificCharacterSet, CharacterSet(dataset).Trim('\0', ' ').Split('\\')); // padded as UIDs are
        string[] ours = [derivation.Organization, derivation.Model.Name, derivation.Model.Version];
        if (!Array.TrueForAll(ours, text => DicomText.CanExpress(text, CharacterSet(dataset))))
            dataset.AddOrUpdate(DicomTag.SpecificCharacterSet, Unicode);
    }

    /// <summary>Removes a copied text of more bytes than its VR has characters (64 Japanese ones): validators count bytes. A patient's name
    /// and ids stay as they are, whatever validators say.</summary>
    public static void LeaveOutTooLong(DicomDataset dataset) => dataset.Remove([.. MayBeLeftOut.Where(tag =>
        dataset.TryGetString(tag, out var text) && DicomText.Encode(text.TrimEnd(), CharacterSet(dataset)) is not { Length: <= Longest })]);

    /// <summary>Text of the source between words of ours, at most 64 characters; cut to as many bytes as well, since validators count
    /// those. What the character set has not is a question mark.</summary>
    public static string Repeat(string text, string characterSet, string start = "", string end = "", int longest = Longest)
    {
        var room = longest - start.Length - end.Length;
        var said = Cut(Expressible(text, characterSet), room);
        while (said.Length > 0 && start.Length + end.Length + DicomText.Encode(said, characterSet)!.Length > longest)
            said = Cut(said, said.Length - 1);
        return start + said + end;
    }

    private static string Expressible(string text, string characterSet)
    {
        if (DicomText.Encode(text, characterSet) is not null)
            return text;
        var kept = string.Concat(
            text.EnumerateRunes().Select(rune => DicomText.Encode(rune.ToString(), characterSet) is null ? "?" : rune.ToString()));
        return DicomText.Encode(kept, characterSet) is not null ? kept : string.Concat(text.Select(c => char.IsAscii(c) ? c : '?'));
    }

    /// <summary>At most <paramref name="room"/> characters, never half of a surrogate pair.</summary>
    public static string Cut(string text, int room) =>
        text.Length <= room ? text : text[..(room > 0 && char.IsHighSurrogate(text[room - 1]) ? room - 1 : room)].TrimEnd();
}

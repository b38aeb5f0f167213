namespace Gateway.Portal.DicomWeb;

/// <summary>How the value of a key is matched (PS3.4 section C.2.2.2).</summary>
internal enum KeyKind
{
    /// <summary>One of a list of UIDs.</summary>
    Uid,

    /// <summary>Text, case and all; <c>*</c> and <c>?</c> are wildcards.</summary>
    Text,

    /// <summary>A person's name: as text, in upper or lower case, in any of its component groups.</summary>
    Name,

    /// <summary>One of a list of words.</summary>
    Code,

    /// <summary>A day, or a range of days.</summary>
    Date,

    /// <summary>A time of the day as precise as it is written, or a range of these.</summary>
    Time,

    /// <summary>A whole number.</summary>
    Number,
}

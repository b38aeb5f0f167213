namespace Gateway.DicomNetwork;

/// <summary>Actions of the upper layer protocol machine (PS3.8 Tables 9-6 to 9-9).</summary>
internal enum AssociationAction
{
    /// <summary>Connect.</summary>
    AE1,

    /// <summary>Send A-ASSOCIATE-RQ.</summary>
    AE2,

    /// <summary>Confirm acceptance to the user.</summary>
    AE3,

    /// <summary>Confirm rejection to the user and close.</summary>
    AE4,

    /// <summary>Start ARTIM.</summary>
    AE5,

    /// <summary>Stop ARTIM; indicate the request to the user, or reject it.</summary>
    AE6,

    /// <summary>Send A-ASSOCIATE-AC.</summary>
    AE7,

    /// <summary>Send A-ASSOCIATE-RJ, start ARTIM.</summary>
    AE8,

    /// <summary>Send P-DATA-TF.</summary>
    DT1,

    /// <summary>Indicate P-DATA to the user.</summary>
    DT2,

    /// <summary>Send A-RELEASE-RQ.</summary>
    AR1,

    /// <summary>Indicate A-RELEASE to the user.</summary>
    AR2,

    /// <summary>Confirm A-RELEASE to the user and close.</summary>
    AR3,

    /// <summary>Send A-RELEASE-RP, start ARTIM.</summary>
    AR4,

    /// <summary>Stop ARTIM.</summary>
    AR5,

    /// <summary>Indicate P-DATA to the user (while releasing).</summary>
    AR6,

    /// <summary>Send P-DATA-TF (while releasing).</summary>
    AR7,

    /// <summary>Indicate A-RELEASE to the user (collision).</summary>
    AR8,

    /// <summary>Send A-RELEASE-RP (collision).</summary>
    AR9,

    /// <summary>Confirm A-RELEASE to the user (collision).</summary>
    AR10,

    /// <summary>Send A-ABORT as the service user, start ARTIM.</summary>
    AA1,

    /// <summary>Stop ARTIM and close.</summary>
    AA2,

    /// <summary>Indicate the peer's abort to the user and close.</summary>
    AA3,

    /// <summary>Indicate A-P-ABORT to the user.</summary>
    AA4,

    /// <summary>Stop ARTIM.</summary>
    AA5,

    /// <summary>Ignore the PDU.</summary>
    AA6,

    /// <summary>Send A-ABORT.</summary>
    AA7,

    /// <summary>Send A-ABORT as the service provider, indicate A-P-ABORT to the user, start ARTIM.</summary>
    AA8,
}

// Generated from openapi.yaml by `npm run generate`; never edited.
export interface paths {
    "/zone": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The zones and their API endpoints; sent without a signature (#list-zones) */
        get: operations["list-zones"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operation/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** An asynchronous operation; ask the zone that returned it (#operations) */
        get: operations["get-operation"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All instances of the zone in one response, with fewer members than get-instance (#bare-references) */
        get: operations["list-instances"];
        put?: never;
        /** Create an instance; its id is in the operation's reference (#creating-an-instance) */
        post: operations["create-instance"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One instance with all its members (#get-instance) */
        get: operations["get-instance"];
        /** Update an instance; absent members are kept, labels are replaced (#updating-an-instance) */
        put: operations["update-instance"];
        post?: never;
        /** Delete the instance, its disk and its snapshots (#deleting-an-instance) */
        delete: operations["delete-instance"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}:start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Start a stopped instance, also in rescue mode (#start-and-rescue-mode) */
        put: operations["start-instance"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}:stop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Stop a running instance; no body (#stop-and-reboot) */
        put: operations["stop-instance"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}:reboot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Reboot a running instance; no body (#stop-and-reboot) */
        put: operations["reboot-instance"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}:reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Reinstall a stopped instance; its disk is erased, its IP addresses are kept (#reinstalling) */
        put: operations["reset-instance"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}:scale": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Change the size of a stopped instance (#changing-the-size) */
        put: operations["scale-instance"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}:resize-disk": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Make the disk of a stopped instance larger (#growing-the-disk) */
        put: operations["resize-instance-disk"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}:password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The stored password; Exoscale keeps it for at most 24 hours (#passwords) */
        get: operations["reveal-instance-password"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}:reset-password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Reset the password; the operating system usually applies it when it boots (#passwords) */
        put: operations["reset-instance-password"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}:add-protection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Turn on deletion protection (#protection) */
        put: operations["add-instance-protection"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}:remove-protection": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Turn off deletion protection; no request returns the setting (#protection) */
        put: operations["remove-instance-protection"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}:create-snapshot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Take a snapshot of the disk; Exoscale names it (#taking-a-snapshot) */
        post: operations["create-snapshot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{instance-id}:revert-snapshot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Revert a stopped instance's disk to one of its snapshots (#reverting-to-a-snapshot) */
        post: operations["revert-instance-to-snapshot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}:enable-tpm": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a TPM to a stopped instance; it can't be removed (#tpm) */
        post: operations["enable-tpm"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance/{id}/{field}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Reset a field; only labels can be reset (#updating-an-instance) */
        delete: operations["reset-instance-field"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/console/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** A signed address, valid for 60 seconds, of a websocket that carries VNC (#console-addresses) */
        get: operations["get-console-proxy-url"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance-type": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Each size with its vCPUs and its memory in bytes (#instance-types) */
        get: operations["list-instance-types"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance-type/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One size (#instance-types) */
        get: operations["get-instance-type"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/template": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Templates of one visibility; their size is in bytes (#templates) */
        get: operations["list-templates"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/template/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One template; an instance may refer to one that no longer exists (#templates) */
        get: operations["get-template"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ssh-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Names and fingerprints of the organization's SSH keys (#ssh-keys) */
        get: operations["list-ssh-keys"];
        put?: never;
        /** Add a public key; a taken name and an invalid key are both a conflict (#ssh-keys) */
        post: operations["register-ssh-key"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/ssh-key/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One SSH key by its name (#ssh-keys) */
        get: operations["get-ssh-key"];
        put?: never;
        post?: never;
        /** Delete a key; instances keep the keys they were created with (#ssh-keys) */
        delete: operations["delete-ssh-key"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/security-group": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Groups with their rules; a group without rules has no such member (#security-groups) */
        get: operations["list-security-groups"];
        put?: never;
        /** Create a group, which has no rules yet (#security-groups) */
        post: operations["create-security-group"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/security-group/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One group (#security-groups) */
        get: operations["get-security-group"];
        put?: never;
        post?: never;
        /** Delete a group that no instance is in; otherwise it is a conflict (#security-groups) */
        delete: operations["delete-security-group"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/security-group/{id}/rules": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Add a rule; the operation refers to the group (#security-groups) */
        post: operations["add-rule-to-security-group"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/security-group/{id}/rules/{rule-id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Delete a rule; the operation refers to the group (#security-groups) */
        delete: operations["delete-rule-from-security-group"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/security-group/{id}:attach": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Add an instance to the group (#security-groups) */
        put: operations["attach-instance-to-security-group"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/security-group/{id}:detach": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Remove an instance from the group (#security-groups) */
        put: operations["detach-instance-from-security-group"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/anti-affinity-group": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Groups whose members never share a host; at most eight members (#anti-affinity-groups) */
        get: operations["list-anti-affinity-groups"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/anti-affinity-group/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One group with its members in this zone (#anti-affinity-groups) */
        get: operations["get-anti-affinity-group"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/elastic-ip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The zone's elastic IPs (#elastic-ips) */
        get: operations["list-elastic-ips"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/elastic-ip/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One elastic IP (#elastic-ips) */
        get: operations["get-elastic-ip"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/elastic-ip/{id}:attach": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Attach the elastic IP to an instance; it can be attached to several (#elastic-ips) */
        put: operations["attach-instance-to-elastic-ip"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/elastic-ip/{id}:detach": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Detach the elastic IP from an instance (#elastic-ips) */
        put: operations["detach-instance-from-elastic-ip"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/private-network": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The zone's private networks (#private-networks) */
        get: operations["list-private-networks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/private-network/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One network with its leases; a network without leases has no such member (#private-networks) */
        get: operations["get-private-network"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/private-network/{id}:attach": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Attach an instance to the network; a managed network can give it a fixed address (#private-networks) */
        put: operations["attach-instance-to-private-network"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/private-network/{id}:detach": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Detach an instance from the network (#private-networks) */
        put: operations["detach-instance-from-private-network"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/deploy-target": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Dedicated or edge hardware of the organization; usually none (#deploy-targets) */
        get: operations["list-deploy-targets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/snapshot": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** All snapshots of the zone; no filter exists (#snapshots) */
        get: operations["list-snapshots"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/snapshot/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One snapshot; with its export once it has been exported (#snapshots) */
        get: operations["get-snapshot"];
        put?: never;
        post?: never;
        /** Delete a snapshot (#snapshots) */
        delete: operations["delete-snapshot"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/snapshot/{id}:export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Make the snapshot downloadable; reading it again returns the address (#snapshots) */
        post: operations["export-snapshot"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/block-storage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The zone's volumes, or those of one instance (#block-storage) */
        get: operations["list-block-storage-volumes"];
        put?: never;
        /** Create an empty volume, attached to nothing (#block-storage) */
        post: operations["create-block-storage-volume"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/block-storage/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One volume (#block-storage) */
        get: operations["get-block-storage-volume"];
        /** Rename a volume or replace its labels (#block-storage) */
        put: operations["update-block-storage-volume"];
        post?: never;
        /** Delete a detached volume and its data (#block-storage) */
        delete: operations["delete-block-storage-volume"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/block-storage/{id}:attach": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Attach a detached volume to an instance, running or not (#block-storage) */
        put: operations["attach-block-storage-volume-to-instance"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/block-storage/{id}:detach": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Detach a volume from its instance; no body (#block-storage) */
        put: operations["detach-block-storage-volume"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/block-storage/{id}:resize-volume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Make a volume larger; a running instance must not have it attached; returns the volume (#block-storage) */
        put: operations["resize-block-storage-volume"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance-pool": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The zone's pools with the ids of their members (#instance-pools) */
        get: operations["list-instance-pools"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance-pool/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** One pool (#instance-pools) */
        get: operations["get-instance-pool"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/instance-pool/{id}:evict": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /** Destroy members and make the pool smaller by their number; the body has ids, not objects (#instance-pools) */
        put: operations["evict-instance-pool-members"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/event": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The organization's changes as an array without an object around it; kept for 30 days (#events) */
        get: operations["list-events"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quota": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The organization's limits and usage; a limit of -1 means unlimited (#quotas) */
        get: operations["list-quotas"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage-report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the organization used in a period, without prices (#usage) */
        get: operations["get-usage-report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/environmental-impact/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** What the organization's use emits; in beta (#usage) */
        get: operations["get-impact-report"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/reverse-dns/instance/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** The name that an instance's IP address resolves to, with a trailing dot; 404 if there is none (#reverse-dns) */
        get: operations["get-reverse-dns-instance"];
        put?: never;
        /** Set the name (#reverse-dns) */
        post: operations["update-reverse-dns-instance"];
        /** Remove the name (#reverse-dns) */
        delete: operations["delete-reverse-dns-instance"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** Format: uuid */
        Uuid: string;
        Reference: {
            id: components["schemas"]["Uuid"];
        };
        KeyReference: {
            name: string;
        };
        Labels: {
            [key: string]: string;
        };
        /** @description Null keeps them. */
        LabelsOrNull: {
            [key: string]: string;
        } | null;
        /** @description Base64 of the cloud-init text; clients accept at most 32764 characters (docs/platform.md#user-data). */
        UserData: string;
        /** @description In GiB (docs/platform.md#disk-limits). */
        DiskSize: number;
        /** @enum {string} */
        PublicIpAssignment: "inet4" | "dual" | "none";
        CreateInstance: {
            name?: string;
            "disk-size": components["schemas"]["DiskSize"];
            "instance-type": components["schemas"]["Reference"];
            template: components["schemas"]["Reference"];
            "anti-affinity-groups"?: components["schemas"]["Reference"][];
            "application-consistent-snapshot-enabled"?: boolean;
            "auto-start"?: boolean;
            "deploy-target"?: components["schemas"]["Reference"];
            labels?: components["schemas"]["Labels"];
            "public-ip-assignment"?: components["schemas"]["PublicIpAssignment"];
            "secureboot-enabled"?: boolean;
            "tpm-enabled"?: boolean;
            "security-groups"?: components["schemas"]["Reference"][];
            "ssh-key"?: components["schemas"]["KeyReference"];
            "ssh-keys"?: components["schemas"]["KeyReference"][];
            "user-data"?: components["schemas"]["UserData"];
        };
        UpdateInstance: {
            name?: string;
            labels?: components["schemas"]["LabelsOrNull"];
            "public-ip-assignment"?: components["schemas"]["PublicIpAssignment"];
            "user-data"?: components["schemas"]["UserData"];
            "application-consistent-snapshot-enabled"?: boolean;
        };
        StartInstance: {
            /** @enum {string} */
            "rescue-profile"?: "netboot" | "netboot-efi";
        };
        ResetInstance: {
            "disk-size"?: components["schemas"]["DiskSize"];
            template?: components["schemas"]["Reference"];
        };
        ScaleInstance: {
            "instance-type": components["schemas"]["Reference"];
        };
        ResizeInstanceDisk: {
            "disk-size": components["schemas"]["DiskSize"];
        };
        RegisterSshKey: {
            name: string;
            "public-key": string;
        };
        CreateSecurityGroup: {
            name: string;
            description?: string;
        };
        AddRuleToSecurityGroup: {
            /** @enum {string} */
            "flow-direction": "ingress" | "egress";
            /** @enum {string} */
            protocol: "tcp" | "udp" | "icmp" | "icmpv6" | "ah" | "esp" | "gre" | "ipip" | "all";
            "start-port"?: number;
            "end-port"?: number;
            network?: string;
            "security-group"?: {
                /** Format: uuid */
                id?: string;
                name?: string;
                /** @enum {string} */
                visibility?: "private" | "public";
            };
            icmp?: {
                code?: number | null;
                type?: number | null;
            };
            description?: string;
        };
        ToInstance: {
            instance: components["schemas"]["Reference"];
        };
        AttachToPrivateNetwork: {
            instance: components["schemas"]["Reference"];
            /** Format: ipv4 */
            ip?: string;
        };
        CreateBlockStorageVolume: {
            name: string;
            /** @description In GiB. */
            size: number;
            labels?: components["schemas"]["Labels"];
        };
        UpdateBlockStorageVolume: {
            /** @description Null keeps it. */
            name?: string | null;
            labels?: components["schemas"]["LabelsOrNull"];
        };
        ResizeBlockStorageVolume: {
            /** @description In GiB. */
            size: number;
        };
        EvictInstancePoolMembers: {
            instances: components["schemas"]["Uuid"][];
        };
        UpdateReverseDns: {
            "domain-name": string;
        };
        Operation: {
            id: string;
            /** @description pending, success, failure or timeout. */
            state: string;
            reason?: string;
            message?: string;
            reference?: {
                id?: string;
                link?: string;
                command?: string;
            };
            /** @description Start and stop return this instead of a reference (docs/platform.md#resource-instead-of-reference). */
            resource?: {
                id?: string;
                type?: string;
            };
        };
        Zone: {
            id?: string;
            name: string;
            "api-endpoint"?: string;
            "sos-endpoint"?: string;
        };
        /** @description A nested object. Exoscale may send only its id (docs/platform.md#bare-references), so look up the other members instead of relying on them. */
        Linked: {
            id: string;
            name?: string;
        };
        Manager: {
            id: string;
            /** @description instance-pool or sks-nodepool. */
            type?: string;
        };
        KeyName: {
            name: string;
            fingerprint?: string;
        };
        InstanceNetwork: {
            id: string;
            "mac-address"?: string;
        };
        InstanceListItem: {
            id: string;
            name?: string;
            /** @description starting, running, stopping, stopped, migrating, destroying, destroyed, expunging or error. */
            state: string;
            "created-at"?: string;
            "instance-type"?: components["schemas"]["Linked"];
            template?: components["schemas"]["Linked"];
            labels?: components["schemas"]["Labels"];
            manager?: components["schemas"]["Manager"];
            "mac-address"?: string;
            "public-ip"?: string;
            "ipv6-address"?: string;
            "public-ip-assignment"?: string;
            "private-networks"?: components["schemas"]["InstanceNetwork"][];
            "security-groups"?: components["schemas"]["Linked"][];
            "ssh-key"?: components["schemas"]["KeyName"];
            "ssh-keys"?: components["schemas"]["KeyName"][];
        };
        Instance: components["schemas"]["InstanceListItem"] & {
            /** @description In GiB. */
            "disk-size"?: number;
            "disk-encrypted"?: boolean;
            "anti-affinity-groups"?: components["schemas"]["Linked"][];
            "application-consistent-snapshot-enabled"?: boolean;
            "deploy-target"?: components["schemas"]["Linked"];
            "elastic-ips"?: {
                id: string;
                ip?: string;
            }[];
            "block-storage-volumes"?: components["schemas"]["Linked"][];
            "secureboot-enabled"?: boolean;
            "tpm-enabled"?: boolean;
            snapshots?: components["schemas"]["Linked"][];
            /** @description Base64 of the cloud-init text (docs/platform.md#user-data). */
            "user-data"?: string;
        };
        ConsoleProxyUrl: {
            url?: string;
            host?: string;
            path?: string;
        };
        InstanceType: {
            id: string;
            family?: string;
            size?: string;
            cpus?: number;
            gpus?: number;
            /** @description In bytes. */
            memory?: number;
            authorized?: boolean;
            zones?: string[];
        };
        Template: {
            id: string;
            name?: string;
            description?: string;
            family?: string;
            version?: string;
            build?: string;
            maintainer?: string;
            "created-at"?: string;
            "default-user"?: string;
            /** @description legacy or uefi. */
            "boot-mode"?: string;
            /** @description In bytes. */
            size?: number;
            checksum?: string;
            visibility?: string;
            "ssh-key-enabled"?: boolean;
            "password-enabled"?: boolean;
            "application-consistent-snapshot-enabled"?: boolean;
        };
        SshKey: {
            name: string;
            fingerprint?: string;
        };
        SecurityGroupRule: {
            id: string;
            description?: string;
            "flow-direction"?: string;
            protocol?: string;
            "start-port"?: number;
            "end-port"?: number;
            network?: string;
            "security-group"?: {
                id?: string;
                name?: string;
                visibility?: string;
            };
            icmp?: {
                code?: number;
                type?: number;
            };
        };
        SecurityGroup: {
            id: string;
            name?: string;
            description?: string;
            visibility?: string;
            "external-sources"?: string[];
            rules?: components["schemas"]["SecurityGroupRule"][];
        };
        AntiAffinityGroup: {
            id: string;
            name?: string;
            description?: string;
            instances?: components["schemas"]["Linked"][];
        };
        ElasticIp: {
            id: string;
            ip?: string;
            addressfamily?: string;
            cidr?: string;
            description?: string;
            labels?: components["schemas"]["Labels"];
            healthcheck?: {
                mode?: string;
                port?: number;
                uri?: string;
                interval?: number;
                timeout?: number;
                "strikes-ok"?: number;
                "strikes-fail"?: number;
            };
        };
        PrivateNetwork: {
            id: string;
            name?: string;
            description?: string;
            netmask?: string;
            "start-ip"?: string;
            "end-ip"?: string;
            vni?: number;
            labels?: components["schemas"]["Labels"];
            leases?: {
                "instance-id"?: string;
                ip?: string;
            }[];
        };
        DeployTarget: {
            id: string;
            name?: string;
            description?: string;
            type?: string;
        };
        Snapshot: {
            id: string;
            name?: string;
            "created-at"?: string;
            state?: string;
            /** @description In GiB. */
            size?: number;
            instance?: components["schemas"]["Linked"];
            "application-consistent"?: boolean;
            export?: {
                "presigned-url"?: string;
                md5sum?: string;
            };
        };
        BlockStorageVolume: {
            id: string;
            name?: string;
            /** @description In GiB. */
            size?: number;
            /** @description creating, attaching, attached, detaching, detached, snapshotting, deleting, deleted or error. */
            state?: string;
            instance?: components["schemas"]["Linked"];
            labels?: components["schemas"]["Labels"];
            blocksize?: number;
            "created-at"?: string;
            encrypted?: boolean;
            "block-storage-snapshots"?: components["schemas"]["Linked"][];
        };
        InstancePool: {
            id: string;
            name?: string;
            description?: string;
            /** @description The number of instances in the pool. */
            size?: number;
            /** @description creating, running, updating, scaling-up, scaling-down, suspended or destroying. */
            state?: string;
            "instance-prefix"?: string;
            "instance-type"?: components["schemas"]["Linked"];
            template?: components["schemas"]["Linked"];
            /** @description In GiB. */
            "disk-size"?: number;
            labels?: components["schemas"]["Labels"];
            manager?: components["schemas"]["Manager"];
            instances?: components["schemas"]["Linked"][];
        };
        Event: {
            timestamp?: string;
            "request-id"?: string;
            handler?: string;
            message?: string;
            status?: number;
            "elapsed-ms"?: number;
            zone?: string;
            uri?: string;
            "source-ip"?: string;
            "iam-api-key"?: {
                name?: string;
                key?: string;
            };
            "iam-user"?: {
                email?: string;
                role?: {
                    id?: string;
                    name?: string;
                };
            };
            "iam-role"?: {
                id?: string;
                name?: string;
            };
            "path-params"?: {
                [key: string]: unknown;
            };
            "get-params"?: {
                [key: string]: unknown;
            };
            "body-params"?: {
                [key: string]: unknown;
            };
        };
        Quota: {
            resource: string;
            limit?: number;
            usage?: number;
        };
        UsageReport: {
            usage?: components["schemas"]["UsageEntry"][];
        };
        UsageEntry: {
            from?: string;
            to?: string;
            product?: string;
            variable?: string;
            description?: string;
            quantity?: string;
            unit?: string;
        };
        /** @description Two maps, whose keys and values aren't documented. */
        ImpactReport: {
            impact: {
                [key: string]: unknown;
            };
            zones: {
                [key: string]: unknown;
            };
        };
        ReverseDns: {
            "domain-name"?: string;
        };
    };
    responses: {
        /** @description The asynchronous operation that the request started. */
        Operation: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Operation"];
            };
        };
        /** @description The zones, in no particular order. */
        Zones: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    zones: components["schemas"]["Zone"][];
                };
            };
        };
        /** @description The instances. */
        Instances: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    instances: components["schemas"]["InstanceListItem"][];
                };
            };
        };
        /** @description The instance. */
        Instance: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Instance"];
            };
        };
        /** @description The types. */
        InstanceTypes: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    "instance-types": components["schemas"]["InstanceType"][];
                };
            };
        };
        /** @description The type. */
        InstanceType: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["InstanceType"];
            };
        };
        /** @description The templates. */
        Templates: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    templates: components["schemas"]["Template"][];
                };
            };
        };
        /** @description The template. */
        Template: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Template"];
            };
        };
        /** @description The keys. */
        SshKeys: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    "ssh-keys": components["schemas"]["SshKey"][];
                };
            };
        };
        /** @description The key. */
        SshKey: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["SshKey"];
            };
        };
        /** @description The groups. */
        SecurityGroups: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    "security-groups": components["schemas"]["SecurityGroup"][];
                };
            };
        };
        /** @description The group. */
        SecurityGroup: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["SecurityGroup"];
            };
        };
        /** @description The groups. */
        AntiAffinityGroups: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    "anti-affinity-groups": components["schemas"]["AntiAffinityGroup"][];
                };
            };
        };
        /** @description The group. */
        AntiAffinityGroup: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["AntiAffinityGroup"];
            };
        };
        /** @description The elastic IPs. */
        ElasticIps: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    "elastic-ips": components["schemas"]["ElasticIp"][];
                };
            };
        };
        /** @description The elastic IP. */
        ElasticIp: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ElasticIp"];
            };
        };
        /** @description The networks. */
        PrivateNetworks: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    "private-networks": components["schemas"]["PrivateNetwork"][];
                };
            };
        };
        /** @description The network. */
        PrivateNetwork: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["PrivateNetwork"];
            };
        };
        /** @description The deploy targets. */
        DeployTargets: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    "deploy-targets": components["schemas"]["DeployTarget"][];
                };
            };
        };
        /** @description The snapshots. */
        Snapshots: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    snapshots: components["schemas"]["Snapshot"][];
                };
            };
        };
        /** @description The snapshot. */
        Snapshot: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["Snapshot"];
            };
        };
        /** @description The volumes. */
        BlockStorageVolumes: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    "block-storage-volumes": components["schemas"]["BlockStorageVolume"][];
                };
            };
        };
        /** @description The volume. */
        BlockStorageVolume: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["BlockStorageVolume"];
            };
        };
        /** @description The pools. */
        InstancePools: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    "instance-pools": components["schemas"]["InstancePool"][];
                };
            };
        };
        /** @description The pool. */
        InstancePool: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["InstancePool"];
            };
        };
        /** @description The quotas. */
        Quotas: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": {
                    quotas: components["schemas"]["Quota"][];
                };
            };
        };
    };
    parameters: {
        id: string;
        "instance-id": string;
        "rule-id": string;
        "ssh-key-name": string;
    };
    requestBodies: {
        ToInstance: {
            content: {
                "application/json": components["schemas"]["ToInstance"];
            };
        };
    };
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    "list-zones": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Zones"];
        };
    };
    "get-operation": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "list-instances": {
        parameters: {
            query?: {
                "manager-id"?: string;
                "manager-type"?: "instance-pool";
                "ip-address"?: string;
                labels?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Instances"];
        };
    };
    "create-instance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateInstance"];
            };
        };
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "get-instance": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Instance"];
        };
    };
    "update-instance": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateInstance"];
            };
        };
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "delete-instance": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "start-instance": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["StartInstance"];
            };
        };
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "stop-instance": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "reboot-instance": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "reset-instance": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResetInstance"];
            };
        };
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "scale-instance": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ScaleInstance"];
            };
        };
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "resize-instance-disk": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResizeInstanceDisk"];
            };
        };
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "reveal-instance-password": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The password; the member is absent if none is stored. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        password?: string;
                    };
                };
            };
        };
    };
    "reset-instance-password": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "add-instance-protection": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "remove-instance-protection": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "create-snapshot": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "revert-instance-to-snapshot": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                "instance-id": components["parameters"]["instance-id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Reference"];
            };
        };
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "enable-tpm": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "reset-instance-field": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
                field: "labels";
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "get-console-proxy-url": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The address, complete and in parts. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ConsoleProxyUrl"];
                };
            };
        };
    };
    "list-instance-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["InstanceTypes"];
        };
    };
    "get-instance-type": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["InstanceType"];
        };
    };
    "list-templates": {
        parameters: {
            query?: {
                visibility?: "public" | "private";
                family?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Templates"];
        };
    };
    "get-template": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Template"];
        };
    };
    "list-ssh-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["SshKeys"];
        };
    };
    "register-ssh-key": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterSshKey"];
            };
        };
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "get-ssh-key": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["ssh-key-name"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["SshKey"];
        };
    };
    "delete-ssh-key": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: components["parameters"]["ssh-key-name"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "list-security-groups": {
        parameters: {
            query?: {
                visibility?: "public" | "private";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["SecurityGroups"];
        };
    };
    "create-security-group": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateSecurityGroup"];
            };
        };
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "get-security-group": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["SecurityGroup"];
        };
    };
    "delete-security-group": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "add-rule-to-security-group": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AddRuleToSecurityGroup"];
            };
        };
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "delete-rule-from-security-group": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
                "rule-id": components["parameters"]["rule-id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "attach-instance-to-security-group": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["ToInstance"];
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "detach-instance-from-security-group": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["ToInstance"];
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "list-anti-affinity-groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["AntiAffinityGroups"];
        };
    };
    "get-anti-affinity-group": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["AntiAffinityGroup"];
        };
    };
    "list-elastic-ips": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["ElasticIps"];
        };
    };
    "get-elastic-ip": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["ElasticIp"];
        };
    };
    "attach-instance-to-elastic-ip": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["ToInstance"];
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "detach-instance-from-elastic-ip": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["ToInstance"];
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "list-private-networks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["PrivateNetworks"];
        };
    };
    "get-private-network": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["PrivateNetwork"];
        };
    };
    "attach-instance-to-private-network": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AttachToPrivateNetwork"];
            };
        };
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "detach-instance-from-private-network": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["ToInstance"];
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "list-deploy-targets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["DeployTargets"];
        };
    };
    "list-snapshots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Snapshots"];
        };
    };
    "get-snapshot": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Snapshot"];
        };
    };
    "delete-snapshot": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "export-snapshot": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "list-block-storage-volumes": {
        parameters: {
            query?: {
                "instance-id"?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["BlockStorageVolumes"];
        };
    };
    "create-block-storage-volume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateBlockStorageVolume"];
            };
        };
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "get-block-storage-volume": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["BlockStorageVolume"];
        };
    };
    "update-block-storage-volume": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateBlockStorageVolume"];
            };
        };
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "delete-block-storage-volume": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "attach-block-storage-volume-to-instance": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody: components["requestBodies"]["ToInstance"];
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "detach-block-storage-volume": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "resize-block-storage-volume": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResizeBlockStorageVolume"];
            };
        };
        responses: {
            200: components["responses"]["BlockStorageVolume"];
        };
    };
    "list-instance-pools": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["InstancePools"];
        };
    };
    "get-instance-pool": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["InstancePool"];
        };
    };
    "evict-instance-pool-members": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EvictInstancePoolMembers"];
            };
        };
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "list-events": {
        parameters: {
            query?: {
                from?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Event"][];
                };
            };
        };
    };
    "list-quotas": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Quotas"];
        };
    };
    "get-usage-report": {
        parameters: {
            query?: {
                period?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The lines. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsageReport"];
                };
            };
        };
    };
    "get-impact-report": {
        parameters: {
            query?: {
                from?: string;
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The impact, as a whole and by zone. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ImpactReport"];
                };
            };
        };
    };
    "get-reverse-dns-instance": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The name. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReverseDns"];
                };
            };
        };
    };
    "update-reverse-dns-instance": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateReverseDns"];
            };
        };
        responses: {
            200: components["responses"]["Operation"];
        };
    };
    "delete-reverse-dns-instance": {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: components["parameters"]["id"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: components["responses"]["Operation"];
        };
    };
}
